//! Bytes to text: byte order marks, UTF-16, UTF-8, and for what is neither the encoding that it seems to be in (`docs/import.md`, odd files).
//! Undecodable text never stops an import; it is said once.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "no more than there is"
)]

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::IntakeError;

/// How many bytes tell what encoding they are in.
const ENOUGH: usize = 1 << 20;

/// The decoded text, and what is worth saying about how it was decoded.
pub(crate) fn decode(
    bytes: Vec<u8>,
    label: Option<&str>,
) -> Result<(String, Option<String>), IntakeError> {
    let (text, note) = match label {
        Some(label) => decode_as(&bytes, named(label)?),
        None => match unmarked_or_marked(&bytes) {
            Some(encoding) => decode_as(&bytes, encoding),
            None => decode_utf8(bytes),
        },
    };
    Ok((with_line_feeds(without_mark(text)), note))
}

/// What the text of these bytes is read as.
pub(crate) fn name_of(bytes: &[u8], label: Option<&str>) -> &'static str {
    let encoding = match label {
        Some(label) => named(label).unwrap_or(UTF_8),
        None => unmarked_or_marked(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
            Ok(_) => UTF_8,
            Err(_) => seeming(bytes),
        }),
    };
    encoding.name()
}

fn named(label: &str) -> Result<&'static Encoding, IntakeError> {
    Encoding::for_label_no_replacement(label.trim().as_bytes()).ok_or_else(|| {
        IntakeError::UnknownEncoding {
            label: label.to_owned(),
        }
    })
}

/// UTF-16, by its mark or by the zero bytes of its first ASCII characters.
fn unmarked_or_marked(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let start = &bytes[..bytes.len().min(64)];
    let zeros = |from: usize| {
        start
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let pairs = start.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if pairs > 1 && odd * 4 > pairs * 3 => Some(UTF_16LE),
        (even, 0) if pairs > 1 && even * 4 > pairs * 3 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> (String, Option<String>) {
    let (text, used, damaged) = encoding.decode(bytes);
    let note = damaged.then(|| {
        format!(
            "some bytes are not {}; they are shown as \u{fffd}",
            used.name()
        )
    });
    (text.into_owned(), note)
}

/// UTF-8 as it is; a file of another encoding in the one that it seems to be in; and stray bytes in a file of UTF-8 as
/// Windows-1252, so that mixed files come out whole.
fn decode_utf8(bytes: Vec<u8>) -> (String, Option<String>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let line = 1 + valid.bytes().filter(|byte| *byte == b'\n').count();
    let seems = seeming(&bytes);
    let decoded = (seems != WINDOWS_1252).then(|| seems.decode(&bytes));
    let (text, used) = match decoded {
        Some((text, used, false)) => (text.into_owned(), used),
        _ => (with_stray_bytes(&bytes), WINDOWS_1252),
    };
    let used = used.name();
    let note = format!("decoded as {used}: line {line} is not UTF-8; --encoding names another");
    (text, Some(note))
}

/// The encoding that bytes seem to be in that are not UTF-8.
fn seeming(bytes: &[u8]) -> &'static Encoding {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    if valid * 2 > invalid {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(ENOUGH)], bytes.len() <= ENOUGH);
    let guess = detector.guess(None, Utf8Detection::Deny);
    match guess.is_single_byte() && guess != WINDOWS_1252 && is_short_japanese(bytes) {
        true => SHIFT_JIS,
        false => guess,
    }
}

/// Whether everything that is not ASCII is kana and common kanji in Shift-JIS: a name of two or three of them is too
/// short for the detector.
fn is_short_japanese(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut pairs = 0;
    while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
        match rest[at..] {
            [0x81..=0x98, 0x40..=0x7e | 0x80..=0xfc, ..] => pairs += 1,
            _ => return false,
        }
        rest = &rest[at + 2..];
    }
    pairs >= 2
}

fn with_stray_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    text
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// Lines that end in a lone carriage return get a line feed, so that lines can be counted.
fn with_line_feeds(text: String) -> String {
    if !text.contains('\n') && text.contains('\r') {
        text.replace('\r', "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_met_comes_out_as_the_same_text() {
        let text = "Name\tScore\nZoë\t9\n";
        let marked = format!("\u{feff}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes, None).unwrap(), (text.to_owned(), None));
        }
    }

    #[test]
    fn what_is_not_utf8_is_windows_1252_and_said_once() {
        let (text, note) = decode(b"a,b\nZo\xeb,\x80 5\nZo\xc3\xab\n".to_vec(), None).unwrap();
        assert_eq!(text, "a,b\nZoë,€ 5\nZoë\n");
        assert_eq!(
            note.unwrap(),
            "decoded as windows-1252: line 2 is not UTF-8; --encoding names another"
        );
    }

    #[test]
    fn the_encodings_of_other_scripts_are_recognised() {
        for (label, cell) in [
            ("shift_jis", "東京 太郎"),
            ("shift_jis", "青木 杏"),
            ("shift_jis", "山田"),
            ("euc-jp", "東京 太郎のコメントです"),
            ("gbk", "这个产品非常好用，谢谢"),
            ("big5", "這個產品非常好用，謝謝"),
            ("windows-1251", "Очень хороший продукт"),
            ("windows-1250", "Zażółć gęślą jaźń"),
            ("windows-1252", "Für Größe: Übung, café à la crème"),
            ("windows-1251", "Анна"),
            ("windows-1252", "it’s “fine”"),
            ("windows-1252", "Zoë"),
            ("windows-1252", "Jürgen Müller"),
            ("windows-1252", "José Peña"),
        ] {
            let text = format!("Email,Score,Date,Name\nann@kestrel.example,9,2025-03-14,{cell}\n");
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, ..) = encoding.encode(&text);
            let (decoded, note) = decode(bytes.into_owned(), None).unwrap();
            assert_eq!(decoded, text, "{label}: {note:?}");
            assert!(
                note.unwrap().to_lowercase().contains("--encoding"),
                "{label}"
            );
        }
    }

    #[test]
    fn a_label_is_obeyed_or_refused() {
        let (text, _) = decode(b"Zo\x91".to_vec(), Some("macintosh")).unwrap();
        assert_eq!(text, "Zoë");
        let error = decode(Vec::new(), Some("klingon")).unwrap_err();
        assert!(matches!(error, IntakeError::UnknownEncoding { .. }));
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        assert_eq!(decode(b"a\rb\r".to_vec(), None).unwrap().0, "a\nb\n");
    }
}
