//! Survey files of another shape than a row for each answer (`docs/import.md`, formats): they are told, not guessed at.

use super::date_words::month;
use super::headers::bare;
use super::table::Header;
use crate::domain::characters::plain_word;

const QUESTIONS: &[&str] = &[
    "question",
    "questiontext",
    "questiontitle",
    "questionname",
    "questionid",
    "questionlabel",
    "frage",
    "pregunta",
    "domanda",
    "pergunta",
    "vraag",
    "質問",
    "问题",
];

const ANSWERS: &[&str] = &[
    "answer",
    "answertext",
    "answervalue",
    "answers",
    "response",
    "responsetext",
    "responsevalue",
    "value",
    "antwort",
    "reponse",
    "respuesta",
    "risposta",
    "resposta",
    "antwoord",
    "回答",
    "答案",
];

/// What a file has, where it has no column of scores and another shape is the reason.
pub(super) fn other_than_rows_of_answers(header: &Header) -> Option<&'static str> {
    let names: Vec<String> = header.names.iter().map(|name| bare(name)).collect();
    let has = |words: &[&str]| names.iter().any(|name| words.contains(&name.as_str()));
    if has(QUESTIONS) && has(ANSWERS) {
        return Some("a row for each question");
    }
    let waves = header.names.iter().filter(|name| is_wave(name)).count();
    (waves >= 2).then_some("a column for each wave")
}

/// Whether a header is of a period, such as `NPS Q1 2025`, `2025-03`, `Mar 25` or `Wave 2`.
fn is_wave(name: &str) -> bool {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(plain_word).collect();
    let is_year =
        |word: &String| word.len() == 4 && word.starts_with("20") && word.parse::<u16>().is_ok();
    let is_number = |word: &String| word.len() <= 2 && word.parse::<u8>().is_ok();
    let is_part = |word: &String| {
        let quarter = word.strip_prefix(['q', 'h', 'w', 't']);
        quarter.is_some_and(|number| number.len() == 1 && number.parse::<u8>().is_ok())
            || month(word).is_some()
    };
    let is_round = |word: &String| {
        matches!(
            word.as_str(),
            "wave" | "welle" | "vague" | "round" | "runde" | "oleada"
        )
    };
    let rest =
        |word: &&String| !is_year(word) && !is_number(word) && !is_part(word) && !is_round(word);
    let others = words
        .iter()
        .filter(rest)
        .all(|word| matches!(word.as_str(), "nps" | "score" | "survey"));
    let says = words.iter().any(is_year)
        || (words.iter().any(|word| is_part(word) || is_round(word))
            && words.iter().any(is_number));
    others && says
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_shapes_are_told() {
        for (header, shape) in [
            (
                "Respondent ID,Question,Answer,Date",
                Some("a row for each question"),
            ),
            ("Email,Q1 2025,Q2 2025", Some("a column for each wave")),
            (
                "Email,NPS Mar 25,NPS Jun 25",
                Some("a column for each wave"),
            ),
            ("Email,2024-10,2025-03", Some("a column for each wave")),
            ("Email,Wave 1,Wave 2", Some("a column for each wave")),
            ("Email,Q1,Q2,Date", None),
            ("Email,Revenue 2024,Revenue 2025", None),
            ("Email,Answer,Date", None),
        ] {
            let names: Vec<String> = header.split(',').map(str::to_owned).collect();
            let seen = other_than_rows_of_answers(&Header::of_one_row(&names));
            assert_eq!(seen, shape, "{header}");
        }
    }
}
