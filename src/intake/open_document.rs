//! Sheets of OpenDocument (`.ods`). A cell or a row can be said to stand there a million times: what repeats is counted
//! against a limit before it is written out, and repeats of nothing cost nothing. The ready-made readers write repeats
//! out first, and one of them waits for ever where the file ends within a sheet; so this one is our own.

use std::io::BufRead;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::IntakeError;
use super::grid::Grid;

/// The part of the archive that holds the sheets.
pub(super) const CONTENT: &str = "content.xml";

/// Every sheet by its name, in order. More text than `most` bytes is too large.
pub(super) fn sheets(content: impl BufRead, most: u64) -> Result<Vec<(String, Grid)>, IntakeError> {
    let mut reader = Reader::from_reader(content);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut left = most;
    // How many elements are open; those from `passed` on are of no interest.
    let (mut depth, mut passed) = (0_usize, None);
    loop {
        buffer.clear();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(IntakeError::workbook)?;
        match &event {
            Event::Eof if depth > 0 => return Err(IntakeError::workbook("it ends too early")),
            Event::Eof => break,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(outside) = passed {
            if depth == outside {
                passed = None;
            }
            continue;
        }
        match event {
            Event::Start(start) if is_aside(start.name().as_ref()) => passed = Some(depth - 1),
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                sheets.push(Sheet::named(attribute(&start, "table:name")?));
            }
            Event::Start(start) => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.begin(&start)?;
                }
            }
            Event::End(end) => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.end(end.name().as_ref(), &mut left)?;
                }
            }
            Event::Text(text) => write(&mut sheets, &text.xml10_content()),
            Event::CData(text) => write(&mut sheets, &text.xml10_content()),
            Event::GeneralRef(reference) => write(&mut sheets, &resolved(&reference)?),
            _ => {}
        }
    }
    let filled = sheets.into_iter().map(|sheet| (sheet.name, sheet.grid));
    Ok(filled.collect())
}

/// What stands beside a cell, and not in it: notes, changes that are kept, drawings.
fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "office:annotation" | "table:tracked-changes" | "table:shapes" | "draw:frame"
    )
}

fn write(sheets: &mut [Sheet], text: &str) {
    if let Some(paragraph) = sheets.last_mut().and_then(Sheet::paragraph) {
        paragraph.push_str(text);
    }
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, IntakeError> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(IntakeError::workbook)?
    {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    let known = resolve_predefined_entity(&name).map(str::to_owned);
    known.ok_or_else(|| IntakeError::workbook(format!("`&{name};` is not known")))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, IntakeError> {
    let found = element
        .try_get_attribute(name)
        .map_err(IntakeError::workbook)?;
    let value = found.map(|found| {
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map(std::borrow::Cow::into_owned)
    });
    value.transpose().map_err(IntakeError::workbook)
}

/// How often something stands there.
fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u64, IntakeError> {
    let times = attribute(element, name)?.map(|times| times.parse().map_err(IntakeError::workbook));
    Ok(times.transpose()?.unwrap_or(1))
}

/// A sheet of which a part was read.
struct Sheet {
    name: String,
    grid: Grid,
    /// The rows before this one.
    above: u64,
    row: Row,
    cell: Option<Cell>,
}

/// The row that is being read.
#[derive(Default)]
struct Row {
    times: u64,
    cells: Vec<String>,
    /// Empty cells after those: only written where something follows.
    empty: u64,
}

/// The cell that is being read.
struct Cell {
    times: u64,
    /// What it holds, where that is not what it shows.
    value: Option<String>,
    paragraphs: Vec<String>,
    /// Whether the last of them goes on.
    in_paragraph: bool,
}

impl Sheet {
    fn named(name: Option<String>) -> Self {
        Self {
            name: name.unwrap_or_default(),
            grid: Grid::default(),
            above: 0,
            row: Row::default(),
            cell: None,
        }
    }

    fn paragraph(&mut self) -> Option<&mut String> {
        let cell = self.cell.as_mut().filter(|cell| cell.in_paragraph);
        cell?.paragraphs.last_mut()
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), IntakeError> {
        match element.name().as_ref() {
            "table:table-row" => {
                self.row = Row {
                    times: repeats(element, "table:number-rows-repeated")?,
                    ..Row::default()
                };
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(Cell {
                    times: repeats(element, "table:number-columns-repeated")?,
                    value: value(element)?,
                    paragraphs: Vec::new(),
                    in_paragraph: false,
                });
            }
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs.push(String::new());
                    cell.in_paragraph = true;
                }
            }
            "text:s" => {
                let spaces = repeats(element, "text:c")?.min(1000);
                if let Some(paragraph) = self.paragraph() {
                    paragraph.extend(std::iter::repeat_n(' ', spaces as usize));
                }
            }
            "text:tab" => self
                .paragraph()
                .into_iter()
                .for_each(|text| text.push('\t')),
            "text:line-break" => self
                .paragraph()
                .into_iter()
                .for_each(|text| text.push('\n')),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, left: &mut u64) -> Result<(), IntakeError> {
        match name {
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = false;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.row.add(cell, left)?;
                }
            }
            "table:table-row" => {
                let row = std::mem::take(&mut self.row);
                let first = self.above.saturating_add(1);
                self.above = self.above.saturating_add(row.times);
                if row.cells.is_empty() {
                    return Ok(());
                }
                let bytes: u64 = row.cells.iter().map(|cell| taken(cell)).sum();
                spend(left, bytes, row.times.saturating_sub(1))?;
                for line in first..=self.above {
                    self.grid.add(line, row.cells.clone());
                }
            }
            "table:table" => self.grid.fill_groups(),
            _ => {}
        }
        Ok(())
    }
}

impl Row {
    fn add(&mut self, cell: Cell, left: &mut u64) -> Result<(), IntakeError> {
        let text = cell.value.unwrap_or_else(|| cell.paragraphs.join("\n"));
        if text.is_empty() {
            self.empty = self.empty.saturating_add(cell.times);
            return Ok(());
        }
        let empty = std::mem::take(&mut self.empty);
        spend(left, taken(""), empty)?;
        spend(left, taken(&text), cell.times)?;
        self.cells.extend((0..empty).map(|_| String::new()));
        self.cells.extend((0..cell.times).map(|_| text.clone()));
        Ok(())
    }
}

/// The memory that a cell takes.
fn taken(text: &str) -> u64 {
    (size_of::<String>() + text.len()) as u64
}

fn spend(left: &mut u64, bytes: u64, times: u64) -> Result<(), IntakeError> {
    let all = bytes.saturating_mul(times);
    *left = left.checked_sub(all).ok_or(IntakeError::TooLarge)?;
    Ok(())
}

/// What a cell holds, where that is more exact than what it shows. A duration is what it shows.
fn value(cell: &BytesStart<'_>) -> Result<Option<String>, IntakeError> {
    let kind = attribute(cell, "office:value-type")?;
    match kind.as_deref() {
        Some("float" | "percentage" | "currency") => attribute(cell, "office:value"),
        Some("boolean") => attribute(cell, "office:boolean-value"),
        Some("string") => attribute(cell, "office:string-value"),
        Some("date") => {
            let moment = attribute(cell, "office:date-value")?;
            Ok(moment.map(|moment| moment.replace('T', " ").replace(" 00:00:00", "")))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Vec<(String, String)>, IntakeError> {
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
        );
        let found = sheets(content.as_bytes(), 1 << 16)?.into_iter();
        Ok(found
            .map(|(name, grid)| (name, grid.into_text().text))
            .collect())
    }

    fn sheet(rows: &str) -> Result<String, IntakeError> {
        let found = read(&format!(
            "<table:table table:name=\"A\">{rows}</table:table>"
        ))?;
        Ok(found[0].1.clone())
    }

    #[test]
    fn cells_are_what_the_sheet_holds() {
        let text =
            |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        let held = |kind: &str, name: &str, value: &str| {
            format!(
                "<table:table-cell office:value-type=\"{kind}\" office:{name}=\"{value}\"><text:p>shown</text:p></table:table-cell>"
            )
        };
        let table = [
            (text("R&amp;D &#233;<text:s text:c=\"2\"/>x<text:span>y</text:span>"), "R&D é  xy"),
            (text("a</text:p>\n  <text:p>b"), "\"a\nb\""),
            (held("float", "value", "9"), "9"),
            (held("percentage", "value", "0.5"), "0.5"),
            (held("boolean", "boolean-value", "true"), "true"),
            (held("date", "date-value", "2025-03-14"), "2025-03-14"),
            (held("date", "date-value", "2025-03-14T00:00:00"), "2025-03-14"),
            (held("date", "date-value", "2025-03-14T15:15:20"), "2025-03-14 15:15:20"),
            (held("time", "time-value", "PT15H"), "shown"),
            (held("string", "string-value", "held"), "held"),
            (
                "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>note</text:p></office:annotation><text:p>t</text:p></table:table-cell>".to_owned(),
                "t",
            ),
        ];
        for (cell, expected) in table {
            let found = sheet(&format!("<table:table-row>{cell}</table:table-row>")).unwrap();
            assert_eq!(found, format!("{expected}\n"), "{cell}");
        }
    }

    #[test]
    fn what_repeats_is_written_out_within_limits() {
        let cell = |times: u64, text: &str| {
            format!(
                "<table:table-cell table:number-columns-repeated=\"{times}\"><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let row = |times: u64, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>"
            )
        };
        let gap = "<table:table-cell table:number-columns-repeated=\"2\"/>";
        let far = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let rows = [
            row(1, &format!("{}{gap}{}{far}", cell(2, "a"), cell(1, "b"))),
            row(1_000_000, far),
            row(2, &cell(1, "c")),
            row(u64::MAX, far),
        ];
        let content = format!(
            "<table:table table:name=\"A\">{}</table:table>",
            rows.concat()
        );
        let found = sheets(content.as_bytes(), 1 << 16)
            .unwrap()
            .remove(0)
            .1
            .into_text();
        assert_eq!(found.text, "a,a,,,b\n\nc\nc\n");
        assert_eq!(found.lines, [1, 2, 1_000_002, 1_000_003]);
        for crafted in [
            row(1, &cell(1 << 40, "a")),
            row(1 << 40, &cell(1, "a")),
            row(u64::MAX, &cell(u64::MAX, "a")),
            row(
                1,
                &format!(
                    "<table:table-cell table:number-columns-repeated=\"{}\"/>{}",
                    1_u64 << 40,
                    cell(1, "a")
                ),
            ),
        ] {
            assert!(
                matches!(sheet(&crafted), Err(IntakeError::TooLarge)),
                "{crafted}"
            );
        }
    }

    #[test]
    fn a_broken_file_is_an_error() {
        for broken in [
            "<table:table-row>",
            "</table:table>",
            "<table:table-row>&unknown;",
            "<table:table-row table:number-rows-repeated=\"-1\"/>",
        ] {
            assert!(
                matches!(sheet(broken), Err(IntakeError::BadWorkbook { .. })),
                "{broken}"
            );
        }
        let cut = sheets("<a><table:table><table:table-row>".as_bytes(), 1 << 16);
        assert!(matches!(cut, Err(IntakeError::BadWorkbook { .. })));
    }

    #[test]
    fn every_sheet_has_its_rows() {
        let row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>";
        let found = read(&format!(
            "<table:table table:name=\"A\"/><table:table table:name=\"B &amp; C\">{row}</table:table>"
        ));
        let found = found.unwrap();
        assert_eq!(
            found,
            [
                ("A".to_owned(), String::new()),
                ("B & C".to_owned(), "x\n".to_owned())
            ]
        );
    }
}
