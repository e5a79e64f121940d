//! The pack as one page: no network, no script, light and dark, on a screen, a phone and on paper. The story comes first,
//! then what needs a decision, then the few figures that an executive asks for, then the rest. Every picture has its
//! figures beneath as a table.

use super::super::chart::Chart;
use super::super::document::Compared;
use super::super::fonts::FACES;
use super::super::plain::{brief, parts, plain};
use super::super::svg::{self, escaped};
use super::html_table::{named, table};
use super::{Advice, Pack, Section};
use crate::domain::story::Verdict;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// The most rows of a table that stands open.
const LONG: usize = 12;
/// The most amounts in one of the large figures.
const AMOUNTS: usize = 2;

/// The page.
pub(super) fn page(pack: &Pack) -> String {
    let title = escaped(&pack.title());
    let mut body = format!(
        "<a class=\"skip\" href=\"#main\">To the content</a>\n\
         <header>\n<h1>{title}</h1>\n<p class=\"lead\">{}</p>\n<p class=\"story\">{}</p>\n",
        escaped(&pack.subtitle()),
        sentence(&pack.story)
    );
    if pack.anonymous {
        body.push_str("<p>People and accounts are shown by role and industry.</p>\n");
    }
    body.push_str("</header>\n<main id=\"main\">\n<div class=\"cover\">\n");
    body.push_str(&decisions(&pack.decisions));
    body.push_str(&heroes(pack));
    body.push_str("</div>\n");
    body.push_str(&worth(pack));
    body.push_str(&headlines(pack));
    let sections: Vec<&Section> = pack.sections.iter().filter(|one| !one.is_empty()).collect();
    body.push_str(&contents(&sections));
    for section in sections {
        body.push_str(&self::section(section));
    }
    body.push_str(&commands(pack));
    body.push_str("</main>\n");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{FACES}{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// Words as a sentence, in which a number stays with its sign of per cent.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let end = if words.ends_with('.') { "" } else { "." };
    let whole = format!("{first}{}{end}", letters.as_str());
    escaped(&whole).replace(" %", "\u{a0}%")
}

/// The few figures that an executive asks for, large, each with the word for what has become of it.
fn heroes(pack: &Pack) -> String {
    let mut tiles = String::from("<ul class=\"tiles\" aria-label=\"The figures that lead\">\n");
    for hero in pack.heroes() {
        let Some(first) = hero.first() else { continue };
        let many = hero.len() > 1;
        let label = match first.figure.name().split_once(", ") {
            Some((label, _)) if many => label,
            _ => first.figure.name(),
        };
        tiles.push_str(&format!(
            "<li><span class=\"label\">{}</span>\n",
            escaped(label)
        ));
        for one in hero.iter().take(AMOUNTS) {
            tiles.push_str(&figure_of(one, many));
        }
        if hero.len() > AMOUNTS {
            let more = hero.len() - AMOUNTS;
            tiles.push_str(&format!(
                "<span class=\"small\">and {more} more, in the table</span>\n"
            ));
        }
        if let Some(mark) = &first.figure.mark {
            tiles.push_str(&format!("<span class=\"mark\">{}</span>\n", escaped(mark)));
        }
        tiles.push_str("</li>\n");
    }
    tiles.push_str("</ul>\n");
    tiles
}

/// A large figure: its value, its way, what has become of it, and what it was.
fn figure_of(one: &Compared, many: bool) -> String {
    let value = match &one.figure.value {
        cell @ super::super::answer::Cell::Money { .. } => super::super::short::label(cell),
        _ if one.said().is_empty() => "–".to_owned(),
        _ => one.said(),
    };
    let class = if many { "value one-of-many" } else { "value" };
    let rests = parts(&one.figure.value);
    let rests = match (rests.as_str(), one.figure.noun) {
        ("", _) => String::new(),
        (_, "") => rests,
        (_, noun) => format!("{rests} {noun}"),
    };
    let before = match plain(&one.before) {
        text if text.is_empty() => String::new(),
        _ => format!("before: {}", brief(&one.before)),
    };
    let small: String = [rests, plain(&one.change()), before]
        .iter()
        .filter(|words| !words.is_empty())
        .map(|words| format!("<span class=\"small\">{}</span>\n", escaped(words)))
        .collect();
    format!(
        "<span class=\"{class}\">{} {}</span>\n{}{small}",
        escaped(&value),
        svg::spark(&one.trend),
        verdict(one),
    )
}

/// The word for what has become of a figure.
fn verdict(one: &Compared) -> String {
    let Some(verdict) = one.verdict() else {
        return String::new();
    };
    let class = match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::AsBefore | Verdict::TooFew => "level",
    };
    format!("<span class=\"word {class}\">{}</span>\n", verdict.name())
}

fn decisions(decisions: &[Advice]) -> String {
    let mut part = String::from("<section class=\"decisions\">\n<h2>What needs a decision</h2>\n");
    if decisions.is_empty() {
        part.push_str("<p>No threshold is crossed.</p>\n");
    } else {
        part.push_str("<ol>\n");
        for advice in decisions {
            part.push_str(&format!("<li><h3>{}</h3>\n", escaped(&advice.title)));
            for why in &advice.evidence {
                part.push_str(&format!("<p>{}</p>\n", sentence(why)));
            }
            if !advice.people.is_empty() {
                part.push_str("<ul>\n");
                for case in &advice.people {
                    let who = named(&case.name);
                    part.push_str(&format!("<li>{who}: {}</li>\n", escaped(&case.what)));
                }
                part.push_str("</ul>\n");
            }
            part.push_str(&format!(
                "<p class=\"owner\">Could own it: {}.</p>\n</li>\n",
                named(&advice.owner)
            ));
        }
        part.push_str("</ol>\n");
    }
    part.push_str("</section>\n");
    part
}

/// The deals that advocates touched, and what a customer said.
fn worth(pack: &Pack) -> String {
    if pack.deals.rows.is_empty() && pack.testimonial.is_none() {
        return String::new();
    }
    let mut part = String::from("<section>\n<h2>Deals that advocates touched</h2>\n");
    part.push_str(&table(&pack.deals, "Deals that advocates touched"));
    if let Some(testimonial) = &pack.testimonial {
        part.push_str(&format!(
            "<figure class=\"testimonial\"><p dir=\"auto\">{}</p><figcaption>A testimonial that may be shown, of {}</figcaption></figure>\n",
            escaped(&testimonial.title),
            named(&testimonial.who)
        ));
    }
    part.push_str("</section>\n");
    part
}

fn headlines(pack: &Pack) -> String {
    let table = table(&pack.known_headlines(), "The figures of all reports");
    format!("<section>\n<h2>Figures</h2>\n{table}</section>\n")
}

/// A way to each report.
fn contents(sections: &[&Section]) -> String {
    if sections.is_empty() {
        return String::new();
    }
    let entry = |section: &&Section| {
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
        "<section id=\"{}\">\n<div class=\"head\"><h2>{}</h2>\n<p class=\"lead\">{}</p>\n",
        section.key,
        escaped(section.title),
        escaped(section.question)
    );
    for note in &section.notes {
        part.push_str(&format!("<p>{}</p>\n", escaped(&note.text())));
    }
    let charts: String = section.charts.iter().map(figure).collect();
    let within = |title: &str| format!("{}: {title}", section.title);
    let figures = table(&section.figures, section.title);
    // A picture that stands alone has the figures at its side. A heading stays with what comes first.
    part.push_str(&match section.charts.len() {
        0 => format!("{figures}</div>\n"),
        1 => format!("<div class=\"charts\">\n{charts}{figures}</div>\n</div>\n"),
        _ => format!("<div class=\"charts\">\n{charts}</div>\n</div>\n{figures}"),
    });
    for one in &section.tables {
        part.push_str(&titled(
            &one.title,
            &table(&one.sheet, &within(&one.title)),
            one.sheet.rows.len(),
        ));
    }
    part.push_str("</section>\n");
    part
}

/// A table beneath its title. A long one is folded: the workbook has it for paper. An empty one is left out.
fn titled(title: &str, table: &str, rows: usize) -> String {
    let title = escaped(title);
    match rows {
        0 => String::new(),
        1..=LONG => format!("<div class=\"titled\"><h3>{title}</h3>\n{table}</div>\n"),
        rows => format!(
            "<details><summary><strong>{title}</strong>, {rows} rows</summary>\n{table}</details>\n"
        ),
    }
}

/// A picture, what it comes to, what is shown, on how much it rests, and its figures for whoever does not see it.
fn figure(chart: &Chart) -> String {
    let (title, subtitle) = chart.titles();
    let wide = svg::draw(chart, svg::Place::Page);
    let narrow = svg::draw(chart, svg::Place::Phone);
    let figures = table(&chart.sheet(), &format!("{}, as a table", chart.title));
    let subtitle = match subtitle {
        "" => String::new(),
        subtitle => format!("<span class=\"shown\">{}</span>", escaped(subtitle)),
    };
    format!(
        "<figure>\n<figcaption>{} {subtitle}</figcaption>\n{wide}{narrow}<p class=\"footer\">{}</p>\n\
         <details><summary>As a table</summary>\n{figures}</details>\n</figure>\n",
        escaped(title),
        escaped(&chart.footer)
    )
}

/// What to type to begin with the decisions, for whoever runs the program.
fn commands(pack: &Pack) -> String {
    let rows: String = pack
        .commands()
        .map(|(advice, next)| {
            let (title, typed) = (escaped(&advice.title), escaped(&next.typed()));
            format!("<li>{title}: <code>{typed}</code></li>\n")
        })
        .collect();
    match rows.is_empty() {
        true => String::new(),
        false => format!(
            "<section>\n<h2>Appendix: to begin with the decisions</h2>\n<ul>\n{rows}</ul>\n</section>\n"
        ),
    }
}
