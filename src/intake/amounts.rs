//! One cell of money at a time, in every form that exports use (`docs/import.md`, odd files): its digits, exactly as
//! written, and its marks. Which currency they come to is decided per column, in `amount_column`.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "cut where a character of it was just found"
)]

use super::currencies::{self, Mark};

/// An amount as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its digits with a point before the decimals, such as `-1234.50`.
    pub(crate) plain: String,
    /// What it says about its currency.
    pub(crate) marks: Vec<Mark>,
    /// Whether its only separator stands before three digits and was taken to group them, as in `1.234`.
    pub(crate) is_lone_group: bool,
}

/// Reads an amount; nothing where it is none.
pub(crate) fn read(cell: &str) -> Option<Written> {
    let mut rest = cell;
    let mut negative = None;
    let mut marks = Vec::new();
    loop {
        rest = without_dash_for_cents(rest.trim());
        if let Some((is_negative, inner)) = signed(rest) {
            // A second sign, as in `-(5)`, says nothing clear.
            if negative.replace(is_negative).is_some() {
                return None;
            }
            rest = inner;
        } else if let Some((mark, left)) = currencies::peel(rest) {
            marks.push(mark);
            rest = left;
        } else {
            break;
        }
    }
    let number = scientific(rest).or_else(|| number(rest))?;
    let sign = if negative == Some(true) { "-" } else { "" };
    let point = if number.part.is_empty() { "" } else { "." };
    Some(Written {
        plain: format!("{sign}{}{point}{}", number.whole, number.part),
        marks,
        is_lone_group: number.is_lone_group,
    })
}

/// `5,-` and `5.–` say that there are no cents, not that the amount is negative.
fn without_dash_for_cents(text: &str) -> &str {
    let cut = text.trim_end_matches(['-', '–', '—']);
    if cut.ends_with([',', '.']) { cut } else { text }
}

/// Whether a sign or an accountant's brackets make the amount negative, and the amount without them.
fn signed(text: &str) -> Option<(bool, &str)> {
    let minus = ['-', '−', '–'];
    let bracketed = || text.strip_prefix('(')?.strip_suffix(')');
    let negative = text
        .strip_prefix(minus)
        .or_else(|| text.strip_suffix(['-', '−']))
        .or_else(bracketed);
    let positive = || text.strip_prefix('+').map(|rest| (false, rest));
    negative.map(|rest| (true, rest)).or_else(positive)
}

/// `1.25E7`, as programs write large numbers: exact, unless a spreadsheet shortened it, which writes `1.25E+07`.
fn scientific(text: &str) -> Option<Number> {
    let (digits, exponent) = text.split_once(['E', 'e'])?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent: usize = exponent.parse().ok().filter(|_| all_digits(exponent))?;
    if whole.len() != 1 || !all_digits(whole) || !all_digits(part) || exponent > 18 {
        return None;
    }
    let all = format!("{whole}{part:0<exponent$}");
    let (whole, part) = all.split_at(1 + exponent);
    Some(Number {
        whole: whole.trim_start_matches('0').to_owned(),
        part: part.to_owned(),
        is_lone_group: false,
    })
}

struct Number {
    whole: String,
    part: String,
    is_lone_group: bool,
}

/// Digits with separators: where both are there, the last is the decimal one.
fn number(text: &str) -> Option<Number> {
    let last = text.rfind([',', '.']);
    let is_lone_group = last.is_some_and(|at| is_lone_group(text, at));
    let decimal = last.filter(|at| !is_lone_group && !is_repeated(text, *at));
    let (whole, part) = match decimal {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let whole = ungrouped(whole)?;
    let is_number =
        part.bytes().all(|byte| byte.is_ascii_digit()) && !(whole.is_empty() && part.is_empty());
    is_number.then(|| Number {
        whole,
        part: part.to_owned(),
        is_lone_group,
    })
}

/// Whether the only separator has three digits behind it and one to three before it, as in `1.234`, not `0.125`.
fn is_lone_group(text: &str, at: usize) -> bool {
    let (whole, part) = (&text[..at], &text[at + 1..]);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    part.len() == 3
        && digits(part)
        && (1..=3).contains(&whole.len())
        && digits(whole)
        && !whole.starts_with('0')
}

/// A separator met twice is no decimal one.
fn is_repeated(text: &str, at: usize) -> bool {
    text[..at].contains(&text[at..=at])
}

/// The digits without one kind of separator, which stands before every third digit, or in the Indian way (`12,34,567`).
fn ungrouped(text: &str) -> Option<String> {
    let kind = |c: char| match c {
        '\'' | '’' => '\'',
        '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        other => other,
    };
    let separator = text.chars().find(|c| !c.is_ascii_digit()).map(kind);
    let Some(separator) = separator else {
        return Some(text.to_owned());
    };
    if !matches!(separator, ',' | '.' | '\'' | ' ') {
        return None;
    }
    let groups: Vec<&str> = text.split(|c| kind(c) == separator).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let in_threes = (1..=3).contains(&first.len()) && middle.iter().all(|group| group.len() == 3);
    let indian = separator == ','
        && (1..=2).contains(&first.len())
        && middle.iter().all(|group| group.len() == 2);
    let digits = groups.concat();
    let fits = last.len() == 3 && (in_threes || indian);
    (fits && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(written: &Written) -> String {
        let shown = |mark: &Mark| match mark {
            Mark::Code(currency) => currency.to_string(),
            Mark::Sign(sign) => sign.text.to_owned(),
        };
        written
            .marks
            .iter()
            .map(shown)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn every_form_met_is_read() {
        for (cell, plain, said) in [
            ("12500", "12500", ""),
            ("12500.5", "12500.5", ""),
            (".5", ".5", ""),
            (",5", ".5", ""),
            ("5.", "5", ""),
            ("0", "0", ""),
            ("$1,234,567", "1234567", "$"),
            ("USD 1,234.50", "1234.50", "USD"),
            ("1.234,56 €", "1234.56", "€"),
            ("1 234,56 €", "1234.56", "€"),
            ("1\u{a0}234\u{202f}567,89\u{a0}€", "1234567.89", "€"),
            ("CHF 1'234.50", "1234.50", "CHF"),
            ("1’234’567", "1234567", ""),
            ("1'234.-", "1234", ""),
            ("€ 1.000,-", "1000", "€"),
            ("12,– €", "12", "€"),
            ("(1,234.00)", "-1234.00", ""),
            ("($1,234.00)", "-1234.00", "$"),
            ("$(1,234.00)", "-1234.00", "$"),
            ("(USD 5)", "-5", "USD"),
            ("-$1,234", "-1234", "$"),
            ("$-1,234", "-1234", "$"),
            ("$ - 1,234", "-1234", "$"),
            ("−5", "-5", ""),
            ("1,234.00-", "-1234.00", ""),
            ("+5 GBP", "5", "GBP"),
            ("$1,234.56 USD", "1234.56", "USD $"),
            ("¥1,500,000", "1500000", "¥"),
            ("₹12,34,567.00", "1234567.00", "₹"),
            ("1.234.567", "1234567", ""),
            ("1,234", "1234", ""),
            ("1.234", "1234", ""),
            ("123.456", "123456", ""),
            ("1234.567", "1234.567", ""),
            ("0.125", "0.125", ""),
            ("1,23", "1.23", ""),
            ("1,2345", "1.2345", ""),
            ("12.3", "12.3", ""),
            ("1 234.567", "1234.567", ""),
            ("1,234.567", "1234.567", ""),
            ("90071992547409.93", "90071992547409.93", ""),
            ("1.25E7", "12500000", ""),
            ("1.2345678E3", "1234.5678", ""),
            ("$-5E3", "-5000", "$"),
        ] {
            let written = read(cell).unwrap_or_else(|| panic!("{cell}"));
            let seen = (written.plain.as_str(), marks(&written));
            assert_eq!(seen, (plain, said.to_owned()), "{cell}");
        }
    }

    #[test]
    fn only_a_lone_separator_before_three_digits_is_in_doubt() {
        for (cell, doubt) in [
            ("1.234", true),
            ("$ 12,500", true),
            ("1234.567", false),
            ("0.125", false),
            ("1,234,567", false),
            ("1,234.5", false),
            ("1 234", false),
            ("1234", false),
        ] {
            assert_eq!(read(cell).unwrap().is_lone_group, doubt, "{cell}");
        }
    }

    #[test]
    fn what_is_no_amount_is_not_guessed() {
        for cell in [
            "",
            "$",
            "$ -",
            ".",
            ",",
            "-",
            "()",
            "-(5)",
            "--5",
            "TBD",
            "1.2M",
            "5 MIO",
            "50k",
            "1.23E+06",
            "1,23,4",
            "1,234,5",
            "1.234.56",
            "1,234.567.890",
            "1.234 567",
            "12 34",
            "1,,234",
            "1'234,567.890,1",
            "5 - 10",
            "1/2",
            "USD 10,000.00 (EUR 8,000.00)",
            "１２３",
            "5%",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
