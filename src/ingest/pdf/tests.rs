//! PDF files made here, text out.

use super::super::pieces_tests::made::{pdf_file, pdf_of, pdf_pages, stream};
use super::*;

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let found = match read(bytes) {
        Ok(raw) => raw.text,
        Err((message, _)) => format!("! {message}"),
    };
    assert_eq!(found, expected);
}

/// Lines of a page, from the top, 14 points apart; an empty one leaves a gap.
fn page(lines: &[&str]) -> String {
    let mut out = "BT /F1 12 Tf 14 TL 50 750 Td".to_owned();
    for line in lines {
        out += &format!(" ({line}) Tj T*");
    }
    out + " ET"
}

#[test]
fn lines_become_paragraphs() {
    check(&pdf_file(), "Two boats sank.");
    let text = page(&[
        "Two boats sank in the harbour of Lund on Monday, and the provo-",
        "cation was answered by the mayor, who met the fishermen there.",
        "",
        "The mayor spoke for an hour. \\223It is well\\224, she said.",
    ]);
    check(
        &pdf_pages(&[&text]),
        "Two boats sank in the harbour of Lund on Monday, and the provocation was answered by the mayor, who met the fishermen there.\n\nThe mayor spoke for an hour. “It is well”, she said.",
    );
    let raw = read(&pdf_file());
    let title = raw.ok().and_then(|r| r.metadata.title);
    assert_eq!(title.as_deref(), Some("Boats sink in Lund"));
}

#[test]
fn heads_and_feet_are_dropped() {
    let pages: Vec<String> = (1..5)
        .map(|n| {
            let body = ["One", "Two", "Three", "Four"][n - 1];
            let body = format!("{body} boats sank in the harbour of Lund.");
            let more = format!("The {n}. mayor spoke to the fishermen.");
            let number = format!("Page {n} of 4");
            page(&[
                "The Lund Post, 3 May 2021",
                "",
                &body,
                "",
                &more,
                "",
                "And she left.",
                "",
                &number,
            ])
        })
        .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let text = read(&pdf_pages(&pages)).map(|r| r.text).unwrap_or_default();
    assert!(
        text.contains("Three boats sank") && text.contains("The 2. mayor"),
        "{text}"
    );
    assert!(
        !text.contains("Page") && !text.contains("Lund Post"),
        "{text}"
    );
}

#[test]
fn words_of_kerned_letters() {
    check(
        &pdf_pages(&["BT /F1 10 Tf 50 700 Td [(T) 80 (w) 10 (o) -300 (boats) -280 (sank.)] TJ ET"]),
        "Two boats sank.",
    );
}

#[test]
fn what_cannot_be_read() {
    check(b"%PDF-1.4 nothing", "! this PDF is damaged");
    let catalog = b"<< /Type /Catalog /Pages 3 0 R >>".to_vec();
    let pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_vec();
    let scan = pdf_of(&[
        catalog.clone(),
        b"<< >>".to_vec(),
        pages.clone(),
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 600 800] /Resources << /XObject << /I 6 0 R >> >> /Contents 5 0 R >>".to_vec(),
        stream("", b"q 600 0 0 800 0 0 cm /I Do Q"),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"x"),
    ]);
    check(&scan, "! this PDF holds pictures of pages, no text");
    let bomb = " ".repeat(200 << 20);
    check(
        &pdf_pages(&[&bomb]),
        "! this PDF unpacks to far more than its size",
    );
}

#[test]
fn letters_by_table() {
    let cmap = "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <0003> <0061> endbfrange 1 beginbfchar <0004> <00660069> endbfchar";
    let pdf = pdf_of(&[
        b"<< /Type /Catalog /Pages 3 0 R >>".to_vec(),
        b"<< >>".to_vec(),
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 6 0 R >> >> /Contents 5 0 R >>".to_vec(),
        stream("", b"BT /F 12 Tf 50 700 Td <00010002000300040001> Tj ET"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 600 /W [1 [500 500]] >>".to_vec(),
        stream("", cmap.as_bytes()),
    ]);
    check(&pdf, "abcfia");
}
