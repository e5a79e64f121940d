//! Bytes to text: byte order marks, UTF-16, UTF-8, and Windows-1252 for what is neither (`docs/import.md`, odd files).
//! Undecodable text never stops an import; it is said once.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::IntakeError;

/// How the files of spreadsheet programs begin: those of today, which are ZIP archives, and those of before 2007.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// The decoded text, and what is worth saying about how it was decoded.
pub(crate) fn decode(
    bytes: Vec<u8>,
    label: Option<&str>,
) -> Result<(String, Option<String>), IntakeError> {
    if WORKBOOKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err(IntakeError::Workbook);
    }
    let (text, note) = match label {
        Some(label) => decode_as(&bytes, named(label)?),
        None => match unmarked_or_marked(&bytes) {
            Some(encoding) => decode_as(&bytes, encoding),
            None => decode_utf8(bytes),
        },
    };
    Ok((with_line_feeds(without_mark(text)), note))
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

/// UTF-8 as it is; the bytes that are not UTF-8 as Windows-1252, so that mixed files come out whole.
fn decode_utf8(bytes: Vec<u8>) -> (String, Option<String>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut line = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            line.get_or_insert_with(|| 1 + text.bytes().filter(|b| *b == b'\n').count());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    let line = line.unwrap_or(1);
    (
        text,
        Some(format!("decoded as Windows-1252: line {line} is not UTF-8")),
    )
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
            "decoded as Windows-1252: line 2 is not UTF-8"
        );
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
