//! The pack as one page: no network, no script, light and dark, on a screen, a phone and on paper. Every picture has
//! its figures beneath as a table.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the columns are those of the sheet, and a row has a cell for each"
)]

use super::super::answer::{Alignment, Cell, Sheet};
use super::super::chart::{Chart, label};
use super::super::document::Compared;
use super::super::figures::reading;
use super::super::svg::{self, escaped};
use super::{Advice, Pack, Section};

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// The most rows of a table that stands open.
const LONG: usize = 12;

/// The page.
pub(super) fn page(pack: &Pack) -> String {
    let title = escaped(&pack.title());
    let mut body = format!(
        "<header>\n<h1>{title}</h1>\n<p class=\"lead\">{}</p>\n",
        escaped(&pack.subtitle())
    );
    if pack.anonymous {
        body.push_str("<p>People and accounts are shown by role and industry.</p>\n");
    }
    body.push_str("</header>\n<main>\n");
    body.push_str(&tiles(&pack.headlines));
    body.push_str(&decisions(&pack.decisions));
    body.push_str(&headlines(pack));
    body.push_str(&contents(&pack.sections));
    for section in &pack.sections {
        body.push_str(&self::section(section));
    }
    body.push_str("</main>\n");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The figures that an executive asks for, large.
fn tiles(headlines: &[Compared]) -> String {
    let mut tiles = String::from("<ul class=\"tiles\">\n");
    for one in headlines.iter().filter(|one| one.figure.leads) {
        let mark = one.figure.mark.as_deref().unwrap_or_default();
        let class = if mark.is_empty() {
            ""
        } else {
            " class=\"marked\""
        };
        let (value, of) = in_two(&one.figure.value);
        let beside = match in_two(&one.before).0 {
            _ if one.before == Cell::Empty => String::new(),
            before => format!("before {before}"),
        };
        let small: String = [of, one.change(), beside]
            .iter()
            .filter(|words| !words.is_empty())
            .map(|words| format!(" <span class=\"small\">{}</span>", escaped(words)))
            .collect();
        tiles.push_str(&format!(
            "<li{class}><span class=\"label\">{}</span> <span class=\"value\">{}</span>{small} \
             <span class=\"mark\">{}</span></li>\n",
            escaped(&one.figure.label),
            escaped(&value),
            escaped(mark),
        ));
    }
    tiles.push_str("</ul>\n");
    tiles
}

/// A rate as its percentage and what it is computed from; anything else as it reads.
fn in_two(cell: &Cell) -> (String, String) {
    let read = reading(cell);
    match (cell, read.split_once(" (")) {
        (Cell::Rate { .. }, Some((parts, percent))) => {
            let (percent, rest) = percent.split_once(')').unwrap_or((percent, ""));
            (percent.to_owned(), format!("{parts}{rest}"))
        }
        // A large amount is read in thousands first.
        (Cell::Money { .. }, _) => (label(cell), read),
        (Cell::Empty, _) => ("–".to_owned(), String::new()),
        _ => (read, String::new()),
    }
}

fn decisions(decisions: &[Advice]) -> String {
    let mut part = String::from("<section class=\"decisions\">\n<h2>What needs a decision</h2>\n");
    if decisions.is_empty() {
        part.push_str("<p>No threshold is crossed.</p>\n");
    } else {
        part.push_str("<ol>\n");
        for advice in decisions {
            part.push_str(&format!("<li><h3>{}</h3>\n<ul>\n", escaped(&advice.title)));
            for fact in advice.facts() {
                part.push_str(&format!("<li>{}</li>\n", escaped(&fact)));
            }
            part.push_str("</ul>\n");
            if let Some(next) = &advice.next {
                part.push_str(&format!(
                    "<p>Next: <code>{}</code></p>\n",
                    escaped(&next.typed())
                ));
            }
            part.push_str("</li>\n");
        }
        part.push_str("</ol>\n");
    }
    part.push_str("</section>\n");
    part
}

fn headlines(pack: &Pack) -> String {
    let table = table(&pack.headline_sheet(), "The figures of all reports");
    format!("<section>\n<h2>Figures</h2>\n{table}</section>\n")
}

/// A way to each report.
fn contents(sections: &[Section]) -> String {
    let entry = |section: &Section| {
        format!(
            "<li><a href=\"#{}\">{}</a></li>\n",
            section.key,
            escaped(section.title)
        )
    };
    let entries: String = sections.iter().map(entry).collect();
    format!("<nav aria-label=\"Reports\">\n<ul>\n{entries}</ul>\n</nav>\n")
}

fn section(section: &Section) -> String {
    let mut part = format!(
        "<section id=\"{}\">\n<h2>{}</h2>\n<p class=\"lead\">{}</p>\n",
        section.key,
        escaped(section.title),
        escaped(section.question)
    );
    for note in &section.notes {
        part.push_str(&format!("<p>{}</p>\n", escaped(&note.text())));
    }
    let charts: String = section.charts.iter().map(figure).collect();
    let figures = table(&section.figures, section.title);
    // A picture that stands alone has the figures at its side.
    part.push_str(&match section.charts.len() {
        0 => figures,
        1 => format!("<div class=\"charts\">\n{charts}{figures}</div>\n"),
        _ => format!("<div class=\"charts\">\n{charts}</div>\n{figures}"),
    });
    for one in &section.tables {
        part.push_str(&titled(&one.title, &one.sheet));
    }
    part.push_str("</section>\n");
    part
}

/// A table beneath its title. A long one is folded: the workbook has it for paper.
fn titled(title: &str, sheet: &Sheet) -> String {
    let table = table(sheet, title);
    let title = escaped(title);
    match sheet.rows.len() {
        0..=LONG => format!("<h3>{title}</h3>\n{table}"),
        rows => format!(
            "<details><summary><strong>{title}</strong>, {rows} rows</summary>\n{table}</details>\n"
        ),
    }
}

/// A picture, its title, and its figures for whoever does not see it.
fn figure(chart: &Chart) -> String {
    let title = escaped(&chart.title);
    let picture = svg::draw(chart, svg::Place::Page);
    let figures = table(&chart.sheet(), &chart.title);
    format!(
        "<figure>\n<figcaption>{title}</figcaption>\n{picture}\
         <details><summary>As a table</summary>\n{figures}</details>\n</figure>\n"
    )
}

/// A sheet as people see it. A wide one scrolls within itself.
fn table(sheet: &Sheet, name: &str) -> String {
    if sheet.rows.is_empty() {
        return match sheet.empty.text().as_str() {
            "" => String::new(),
            sentence => format!("<p>{}</p>\n", escaped(sentence)),
        };
    }
    let name = escaped(name);
    let seen: Vec<usize> = (0..sheet.columns.len())
        .filter(|column| sheet.columns[*column].shown.is_for_people())
        .collect();
    let class = |column: usize| match sheet.columns[column].alignment {
        Alignment::Right => " class=\"right\"",
        Alignment::Left => "",
    };
    let mut table = format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table>\n<thead><tr>"
    );
    for &column in &seen {
        let heading = escaped(&sheet.columns[column].heading);
        table.push_str(&format!(
            "<th scope=\"col\"{}>{heading}</th>",
            class(column)
        ));
    }
    table.push_str("</tr></thead>\n<tbody>\n");
    for row in &sheet.rows {
        table.push_str("<tr>");
        for (place, &column) in seen.iter().enumerate() {
            let text = match &row[column] {
                Cell::Trend(values) => svg::spark(values),
                cell => escaped(&reading(cell)),
            };
            let class = class(column);
            table.push_str(&match place {
                0 => format!("<th scope=\"row\"{class}>{text}</th>"),
                _ => format!("<td{class}>{text}</td>"),
            });
        }
        table.push_str("</tr>\n");
    }
    table.push_str("</tbody>\n</table>\n</div>\n");
    table
}
