//! The closed sets of the treebanks: Universal Dependencies' parts of speech and
//! relations, and the Penn Treebank's tags, as the English treebanks EWT and
//! GUM (release 2.16) use them.

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every member, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The treebanks' word for it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The member that the treebanks' word names.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

closed_set! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

closed_set! {
    /// Penn Treebank tag, in the treebanks' order of frequency.
    Xpos {
        Nn = "NN",
        In = "IN",
        Dt = "DT",
        Nnp = "NNP",
        Jj = "JJ",
        Prp = "PRP",
        Stop = ".",
        Rb = "RB",
        Comma = ",",
        Nns = "NNS",
        Vb = "VB",
        Cc = "CC",
        Vbp = "VBP",
        Vbd = "VBD",
        Vbz = "VBZ",
        Cd = "CD",
        Vbn = "VBN",
        Vbg = "VBG",
        To = "TO",
        Md = "MD",
        PrpPoss = "PRP$",
        Uh = "UH",
        Colon = ":",
        Rrb = "-RRB-",
        Lrb = "-LRB-",
        Wdt = "WDT",
        Wrb = "WRB",
        Wp = "WP",
        Hyph = "HYPH",
        OpenQuote = "``",
        CloseQuote = "''",
        Rp = "RP",
        Pos = "POS",
        Nnps = "NNPS",
        Jjr = "JJR",
        Jjs = "JJS",
        Ex = "EX",
        Rbr = "RBR",
        Sym = "SYM",
        Nfp = "NFP",
        Fw = "FW",
        Dollar = "$",
        Gw = "GW",
        Add = "ADD",
        Pdt = "PDT",
        Rbs = "RBS",
        Ls = "LS",
        Afx = "AFX",
        WpPoss = "WP$",
    }
}

closed_set! {
    /// Universal dependency relation with its subtype, in order of frequency.
    Relation {
        Punct = "punct",
        Case = "case",
        Det = "det",
        Nsubj = "nsubj",
        Root = "root",
        Advmod = "advmod",
        Amod = "amod",
        Obj = "obj",
        Obl = "obl",
        Conj = "conj",
        Nmod = "nmod",
        Compound = "compound",
        Cc = "cc",
        Mark = "mark",
        Aux = "aux",
        Cop = "cop",
        NmodPoss = "nmod:poss",
        Advcl = "advcl",
        Xcomp = "xcomp",
        Flat = "flat",
        AclRelcl = "acl:relcl",
        Ccomp = "ccomp",
        Acl = "acl",
        Parataxis = "parataxis",
        AuxPass = "aux:pass",
        Appos = "appos",
        Nummod = "nummod",
        NsubjPass = "nsubj:pass",
        Discourse = "discourse",
        OblUnmarked = "obl:unmarked",
        NmodUnmarked = "nmod:unmarked",
        CompoundPrt = "compound:prt",
        Expl = "expl",
        Fixed = "fixed",
        Iobj = "iobj",
        List = "list",
        OblAgent = "obl:agent",
        Dep = "dep",
        Reparandum = "reparandum",
        NmodDesc = "nmod:desc",
        Csubj = "csubj",
        NsubjOuter = "nsubj:outer",
        DetPredet = "det:predet",
        AdvclRelcl = "advcl:relcl",
        Vocative = "vocative",
        Goeswith = "goeswith",
        CcPreconj = "cc:preconj",
        Orphan = "orphan",
        Dislocated = "dislocated",
        CsubjPass = "csubj:pass",
        CsubjOuter = "csubj:outer",
    }
}

impl Relation {
    /// Whether this is `other`, or a subtype of it where `other` has none:
    /// `nsubj:pass` is `nsubj`, but `nsubj` is not `nsubj:pass`.
    pub fn is(self, other: Relation) -> bool {
        // Asked several times a word: no search for the colon.
        let (own, main) = (self.as_str().as_bytes(), other.as_str().as_bytes());
        self == other || own.get(main.len()) == Some(&b':') && own.starts_with(main)
    }
}

impl Upos {
    /// Nouns and names.
    pub fn is_nominal(self) -> bool {
        matches!(self, Upos::Noun | Upos::Propn | Upos::Pron)
    }
}

/// The joint tags of the model, by label number.
#[derive(Debug, Clone, Default)]
pub struct TagSet {
    pairs: Vec<(Upos, Xpos)>,
}

impl TagSet {
    /// Reads a section: two bytes a label.
    pub fn new(bytes: &[u8]) -> TagSet {
        let pairs = bytes
            .chunks_exact(2)
            .take(super::weights::LABELS)
            .map(|pair| {
                (
                    Upos::ALL
                        .get(usize::from(pair[0]))
                        .copied()
                        .unwrap_or(Upos::X),
                    Xpos::ALL
                        .get(usize::from(pair[1]))
                        .copied()
                        .unwrap_or(Xpos::Nn),
                )
            })
            .collect();
        TagSet { pairs }
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether no model was trained.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The two tags of a label.
    pub fn get(&self, label: u8) -> (Upos, Xpos) {
        self.pairs
            .get(usize::from(label))
            .copied()
            .unwrap_or((Upos::Noun, Xpos::Nn))
    }

    /// The label of two tags.
    pub fn label(&self, upos: Upos, xpos: Xpos) -> Option<u8> {
        let at = self.pairs.iter().position(|p| *p == (upos, xpos))?;
        Some(at as u8)
    }
}
