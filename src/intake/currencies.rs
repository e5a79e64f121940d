//! Signs and codes of currencies, as cells and headers write them (`docs/import.md`, odd files). Amounts are read in
//! `amounts`.

use crate::domain::money::Currency;

/// What an amount says about its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A code, which leaves no doubt.
    Code(Currency),
    /// A sign, which several currencies may share.
    Sign(&'static Sign),
}

/// A sign and the currencies written with it, the usual one first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sign {
    pub(crate) text: &'static str,
    codes: &'static [&'static str],
}

impl Mark {
    /// Whether the currency can be meant.
    pub(crate) fn fits(self, currency: Currency) -> bool {
        match self {
            Self::Code(code) => code == currency,
            Self::Sign(sign) => sign.codes.contains(&currency.code()),
        }
    }
}

impl Sign {
    /// The currency meant where nothing else says which.
    pub(crate) fn usual(&self) -> Option<Currency> {
        self.codes.first()?.parse().ok()
    }

    /// How many currencies are written with it.
    pub(crate) fn shared_by(&self) -> usize {
        self.codes.len()
    }
}

const DOLLARS: &[&str] = &[
    "USD", "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "FJD", "GYD",
    "HKD", "JMD", "KYD", "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "UYU",
    "XCD",
];

/// The longer signs first: `US$` is not `$`.
const SIGNS: &[Sign] = &[
    sign("US$", &["USD"]),
    sign("CA$", &["CAD"]),
    sign("AU$", &["AUD"]),
    sign("NZ$", &["NZD"]),
    sign("HK$", &["HKD"]),
    sign("NT$", &["TWD"]),
    sign("MX$", &["MXN"]),
    sign("C$", &["CAD"]),
    sign("A$", &["AUD"]),
    sign("S$", &["SGD"]),
    sign("R$", &["BRL"]),
    sign("$", DOLLARS),
    sign("€", &["EUR"]),
    sign("£", &["GBP"]),
    sign("¥", &["JPY", "CNY"]),
    sign("￥", &["JPY", "CNY"]),
    sign("₹", &["INR"]),
    sign("₩", &["KRW"]),
    sign("₪", &["ILS"]),
    sign("₺", &["TRY"]),
    sign("₴", &["UAH"]),
    sign("₫", &["VND"]),
    sign("฿", &["THB"]),
    sign("zł", &["PLN"]),
];

const fn sign(text: &'static str, codes: &'static [&'static str]) -> Sign {
    Sign { text, codes }
}

/// ISO 4217, with the codes withdrawn since 2015: not every three letters beside a number are a currency (`MIO`).
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
    BYN BYR BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
    GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD \
    KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC \
    SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VEF VES VND VUV WST XAF XCD XCG XOF XPF YER \
    ZAR ZMK ZMW ZWG ZWL";

/// The currency of a code in upper or lower case, if there is one of that code.
pub(crate) fn by_code(word: &str) -> Option<Currency> {
    let code = word.to_ascii_uppercase();
    let known = CODES.split(' ').any(|known| known == code);
    known.then(|| code.parse().ok()).flatten()
}

/// A cell that holds nothing but a code or a sign.
pub(crate) fn whole(cell: &str) -> Option<Mark> {
    let by_sign = || SIGNS.iter().find(|sign| sign.text == cell).map(Mark::Sign);
    by_code(cell).map(Mark::Code).or_else(by_sign)
}

/// The currency that ends a header such as `Amount (EUR)` or `Value in €`.
pub(crate) fn in_header(header: &str) -> Option<Mark> {
    let (before, last) = header
        .trim_end_matches([')', ']'])
        .rsplit_once([' ', '(', '[', '_'])?;
    // A word in lower case is a word: `try` is no Turkish money here.
    let is_meant = |mark: &Mark| match mark {
        Mark::Code(currency) => currency.code() == last,
        Mark::Sign(_) => true,
    };
    whole(last).filter(is_meant).filter(|_| !before.is_empty())
}

/// A mark at the beginning or the end of an amount, and what is left without it.
pub(crate) fn peel(text: &str) -> Option<(Mark, &str)> {
    let word_ends = text.find(|c: char| !c.is_ascii_alphabetic());
    let (first, after) = text.split_at(word_ends.unwrap_or(text.len()));
    let word_begins = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (before, last) = text.split_at(word_begins.len());
    for (word, rest) in [(first, after), (last, before)] {
        if let Some(currency) = by_code(word) {
            return Some((Mark::Code(currency), rest));
        }
    }
    SIGNS.iter().find_map(|sign| {
        let rest = text.strip_prefix(sign.text);
        let rest = rest.or_else(|| text.strip_suffix(sign.text));
        Some((Mark::Sign(sign), rest?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(mark: Option<Mark>) -> String {
        match mark {
            Some(Mark::Code(currency)) => currency.to_string(),
            Some(Mark::Sign(sign)) => sign.text.to_owned(),
            None => String::new(),
        }
    }

    #[test]
    fn only_known_codes_are_currencies() {
        for code in CODES.split(' ') {
            assert!(by_code(code).is_some(), "{code}");
        }
        for sign in SIGNS {
            assert!(sign.usual().is_some(), "{}", sign.text);
            assert!(sign.codes.iter().all(|code| by_code(code).is_some()));
        }
        for word in ["MIO", "TBD", "", "EURO", "E R", "EUR GBP"] {
            assert!(by_code(word).is_none(), "{word}");
        }
    }

    #[test]
    fn headers_and_cells_name_currencies() {
        for (header, mark) in [
            ("Amount (EUR)", "EUR"),
            ("Amount USD", "USD"),
            ("amount_gbp", ""),
            ("Value in €", "€"),
            ("Deal size [US$]", "US$"),
            ("Call us to try", ""),
            ("Amount", ""),
            ("USD", ""),
            ("(EUR)", ""),
            ("", ""),
        ] {
            assert_eq!(shown(in_header(header)), mark, "{header}");
        }
        for (cell, mark) in [("eur", "EUR"), ("£", "£"), ("Dollars", ""), ("$5", "")] {
            assert_eq!(shown(whole(cell)), mark, "{cell}");
        }
    }

    #[test]
    fn marks_are_peeled_from_either_end() {
        for (text, mark, rest) in [
            ("USD 5", "USD", " 5"),
            ("5eur", "EUR", "5"),
            ("US$5", "US$", "5"),
            ("5 zł", "zł", "5 "),
            ("EUR", "EUR", ""),
        ] {
            let (found, left) = peel(text).unwrap();
            assert_eq!((shown(Some(found)).as_str(), left), (mark, rest), "{text}");
        }
        for text in ["5", "", "5 MIO", "EURO 5", "5é"] {
            assert!(peel(text).is_none(), "{text}");
        }
    }
}
