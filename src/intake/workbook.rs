//! Workbooks of spreadsheet programs (`docs/import.md`, formats): the cells of one sheet, as a table. A file of a few
//! bytes can claim sizes that no memory holds, so how much it unfolds to is counted before anything else is done, and
//! cells are read one after the other.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the row was just made long enough"
)]

use std::io::{BufReader, Cursor, Read};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::ZipArchive;

use super::grid::Grid;
use super::{IntakeError, open_document};

/// How much a workbook may unfold to, and how much text its cells may be.
const MOST_BYTES: u64 = 1 << 30;

/// How workbooks begin: those of today, which are archives, and those of before 2007.
const ARCHIVE: &[u8] = b"PK\x03\x04";
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// Whether the file is a workbook.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ARCHIVE) || bytes.starts_with(OLD)
}

/// The rows of the sheet that is named, or else of the only one whose header fits.
pub(super) fn read(
    bytes: &[u8],
    sheet: Option<&str>,
    fits: &dyn Fn(&[String]) -> bool,
) -> Result<Grid, IntakeError> {
    read_within(MOST_BYTES, bytes, sheet, fits)
}

fn read_within(
    most: u64,
    bytes: &[u8],
    sheet: Option<&str>,
    fits: &dyn Fn(&[String]) -> bool,
) -> Result<Grid, IntakeError> {
    if !bytes.starts_with(ARCHIVE) {
        return Err(IntakeError::Workbook);
    }
    let mut book = Book::open(bytes, most)?;
    let names = book.names();
    if let Some(wanted) = sheet {
        let wanted = wanted.trim();
        let mut known = names.iter();
        let name = known.find(|name| name.trim().eq_ignore_ascii_case(wanted));
        let name = name.ok_or_else(|| IntakeError::NoSheet {
            wanted: wanted.to_owned(),
            seen: names.clone(),
        })?;
        return book.sheet(name, most);
    }
    let mut filled = Vec::new();
    for name in names {
        // A sheet may hold a chart only.
        match book.sheet(&name, most) {
            Ok(grid) if !grid.header().is_empty() => filled.push((name, grid)),
            Ok(_) | Err(IntakeError::BadWorkbook { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    if filled.len() > 1 && filled.iter().any(|(_, grid)| fits(grid.header())) {
        filled.retain(|(_, grid)| fits(grid.header()));
    }
    match filled.len() {
        0 => Err(IntakeError::Empty),
        1 => Ok(filled.swap_remove(0).1),
        _ => Err(IntakeError::WhichSheet {
            candidates: filled.into_iter().map(|(name, _)| name).collect(),
        }),
    }
}

/// An open workbook.
enum Book<'b> {
    Excel(Box<Xlsx<Cursor<&'b [u8]>>>),
    OpenDocument(Vec<(String, Grid)>),
}

impl<'b> Book<'b> {
    fn open(bytes: &'b [u8], most: u64) -> Result<Self, IntakeError> {
        if is_open_document(bytes, most)? {
            let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::workbook)?;
            let content = archive
                .by_name(open_document::CONTENT)
                .map_err(IntakeError::workbook)?;
            let sheets = open_document::sheets(BufReader::new(content), most)?;
            return Ok(Self::OpenDocument(sheets));
        }
        let book = calamine::open_workbook_from_rs(Cursor::new(bytes));
        Ok(Self::Excel(Box::new(book.map_err(IntakeError::workbook)?)))
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Excel(book) => book.sheet_names(),
            Self::OpenDocument(sheets) => sheets.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    fn sheet(&mut self, name: &str, most: u64) -> Result<Grid, IntakeError> {
        match self {
            Self::Excel(book) => cells(book, name, most),
            Self::OpenDocument(sheets) => {
                let sheet = sheets.iter_mut().find(|(known, _)| known == name);
                Ok(sheet
                    .map(|(_, grid)| std::mem::take(grid))
                    .unwrap_or_default())
            }
        }
    }
}

/// Unfolds the archive to nowhere, and refuses one that is too large. Says which kind of workbook it is.
fn is_open_document(bytes: &[u8], most: u64) -> Result<bool, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::workbook)?;
    let mut has_content = false;
    let mut left = most;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(IntakeError::workbook)?;
        has_content |= entry.name().map_err(IntakeError::workbook)? == open_document::CONTENT;
        let mut limited = entry.take(left + 1);
        let size =
            std::io::copy(&mut limited, &mut std::io::sink()).map_err(IntakeError::workbook)?;
        left = left.checked_sub(size).ok_or(IntakeError::TooLarge)?;
    }
    Ok(has_content)
}

fn cells<R: Read + std::io::Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
    most: u64,
) -> Result<Grid, IntakeError> {
    let mut reader = book
        .worksheet_cells_reader(sheet)
        .map_err(IntakeError::workbook)?;
    let mut grid = Grid::default();
    let mut left = most;
    let mut current = (0, Vec::new());
    while let Some(cell) = reader.next_cell().map_err(IntakeError::workbook)? {
        let (row, column) = cell.get_position();
        if row < current.0 {
            return Err(IntakeError::workbook("its rows are out of order"));
        }
        if row > current.0 {
            let (line, cells) = std::mem::replace(&mut current, (row, Vec::new()));
            add(&mut grid, line, cells);
        }
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = column as usize;
        let cells = &mut current.1;
        let grown = (column + 1).saturating_sub(cells.len()) * size_of::<String>() + text.len();
        left = left
            .checked_sub(grown as u64)
            .ok_or(IntakeError::TooLarge)?;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    add(&mut grid, current.0, current.1);
    grid.fill_groups();
    Ok(grid)
}

fn add(grid: &mut Grid, row: u32, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.trim().is_empty()) {
        grid.add(u64::from(row) + 1, cells);
    }
}

/// A cell as text. A number of more digits than a spreadsheet keeps is shown as it shows it.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.abs() >= 1e15 => format!("{number:E}").replace('E', "E+"),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, rows) in sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(*name).unwrap();
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    sheet.write(row as u32, column as u16, *cell).unwrap();
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    fn any(_: &[String]) -> bool {
        true
    }

    #[test]
    fn the_sheet_is_the_one_named_or_the_only_one_that_fits() {
        let bytes = book(&[
            ("Notes", &[&["Hello", "there"]]),
            ("Answers", &[&["Email", "Score"], &["a@x.example", "9"]]),
            ("Empty", &[]),
        ]);
        let text = |sheet, fits: &dyn Fn(&[String]) -> bool| {
            read(&bytes, sheet, fits).map(|grid| grid.into_text().text)
        };
        let fits = |names: &[String]| names.iter().any(|name| name == "Score");
        assert_eq!(text(None, &fits).unwrap(), "Email,Score\na@x.example,9\n");
        assert_eq!(text(Some("notes"), &fits).unwrap(), "Hello,there\n");
        let error = text(None, &any).unwrap_err().to_string();
        assert!(error.contains("`Notes`, `Answers`"), "{error}");
        let error = text(Some("Other"), &any).unwrap_err().to_string();
        assert!(
            error.contains("`Other`") && error.contains("`Empty`"),
            "{error}"
        );
    }

    #[test]
    fn cells_are_what_the_sheet_shows() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        sheet.write(0, 0, "Score").unwrap();
        sheet.write(2, 0, 9.0).unwrap();
        let date = ExcelDateTime::from_ymd(2025, 3, 14).unwrap();
        sheet.write_with_format(2, 1, &date, &day).unwrap();
        let date = date.and_hms(15, 15, 20).unwrap();
        sheet.write_with_format(2, 2, &date, &moment).unwrap();
        sheet.write(2, 3, 123_456_789_012_345_678.0).unwrap();
        sheet.write(2, 4, true).unwrap();
        sheet.write(2, 5, "a\nb").unwrap();
        let text = read(&book.save_to_buffer().unwrap(), None, &any)
            .unwrap()
            .into_text();
        assert_eq!(
            text.text,
            "Score\n\n9,2025-03-14,2025-03-14 15:15:20,1.2345678901234568E+17,true,\"a\nb\"\n"
        );
        assert_eq!(text.lines, [1, 2, 3, 3]);
    }

    #[test]
    fn a_grouped_report_is_filled_down() {
        let bytes = book(&[(
            "Report",
            &[
                &["Account Owner  ↑", "Account Name", "Account ID"],
                &["Ann", "Kestrel", "001A"],
                &["", "Osprey", "001B"],
                &["Subtotal", "Count", "2"],
                &["Bo", "Wren", "001C"],
                &["Total", "Count", "3"],
            ],
        )]);
        let text = read(&bytes, None, &any).unwrap().into_text().text;
        assert!(
            text.contains("Ann,Osprey,001B\n") && text.contains("Bo,Wren"),
            "{text}"
        );
    }

    /// A workbook of this one sheet.
    fn crafted(sheet: &[u8]) -> Vec<u8> {
        let whole = book(&[("S", &[&["x"]])]);
        let mut archive = ZipArchive::new(Cursor::new(whole)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let name = entry.name().unwrap().into_owned();
            writer
                .start_file(&name, SimpleFileOptions::default())
                .unwrap();
            if name.ends_with("sheet1.xml") {
                writer.write_all(sheet).unwrap();
            } else {
                std::io::copy(&mut entry, &mut writer).unwrap();
            }
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_crafted_file_takes_no_memory() {
        let cell = |place: &str| format!("<c r=\"{place}\"><v>1</v></c>");
        let sheet = |rows: String| format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        // The corners of the largest sheet there is: seventeen thousand million cells between them.
        let corners = format!(
            "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
            cell("A1"),
            cell("XFD1048576")
        );
        let read_all = |sheet: String| read_within(1 << 20, &crafted(sheet.as_bytes()), None, &any);
        let text = read_all(sheet(corners)).unwrap().into_text();
        assert!(text.text.len() < 20_000 && text.lines == [1, 2, 1_048_576]);
        let wide: String = (1..=100)
            .map(|row| format!("<row r=\"{row}\">{}</row>", cell(&format!("XFD{row}"))))
            .collect();
        assert!(matches!(read_all(sheet(wide)), Err(IntakeError::TooLarge)));
        let backwards = format!(
            "<row r=\"5\">{}</row><row r=\"2\">{}</row>",
            cell("A5"),
            cell("A2")
        );
        assert!(read_all(sheet(backwards)).is_err());
        assert!(read(b"PK\x03\x04nonsense", None, &any).is_err());
        assert!(matches!(read(OLD, None, &any), Err(IntakeError::Workbook)));
    }

    #[test]
    fn an_archive_that_unfolds_without_end_is_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file("xl/sharedStrings.xml", SimpleFileOptions::default())
            .unwrap();
        writer.write_all(&vec![b' '; 2 << 20]).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 14);
        assert!(matches!(
            read_within(1 << 20, &bytes, None, &any),
            Err(IntakeError::TooLarge)
        ));
    }
}
