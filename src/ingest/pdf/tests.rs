//! PDF files made here, text out.
