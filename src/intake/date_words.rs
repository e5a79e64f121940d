//! The words of dates in the languages of the exports met: months, weekdays, and what stands around them
//! (`docs/import.md`, dates).

/// The months in English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian and Polish,
/// without their accents.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "janner", "janvier", "enero", "janeiro", "gennaio", "januari",
        "stycznia",
    ],
    &[
        "february",
        "februar",
        "feber",
        "fevrier",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "lutego",
    ],
    &[
        "march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrt", "marts", "marca",
    ],
    &["april", "avril", "abril", "aprile", "kwietnia"],
    &["may", "mai", "mayo", "maio", "maggio", "mei", "maj", "maja"],
    &[
        "june", "juni", "juin", "junio", "junho", "giugno", "czerwca",
    ],
    &[
        "july", "juli", "juillet", "julio", "julho", "luglio", "lipca",
    ],
    &[
        "august", "aout", "agosto", "augustus", "augusti", "sierpnia",
    ],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "settembre",
        "wrzesnia",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "outubro",
        "ottobre",
        "pazdziernika",
    ],
    &["november", "novembre", "noviembre", "novembro", "listopada"],
    &[
        "december",
        "dezember",
        "decembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "desember",
        "grudnia",
    ],
];

/// The weekdays in the same languages.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "mandag",
    "tirsdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lordag",
    "sondag",
    "tisdag",
    "poniedzialek",
    "wtorek",
    "sroda",
    "czwartek",
    "piatek",
    "sobota",
    "niedziela",
];

/// Weekdays of two letters, and the words that stand between the parts of a date and say nothing.
const FILLERS: &[&str] = &[
    "mo", "di", "mi", "do", "fr", "sa", "so", "ma", "wo", "vr", "za", "zo", "feira", "at", "on",
    "of", "the", "um", "am", "den", "der", "uhr", "le", "a", "de", "del", "las", "el", "do", "da",
    "as", "alle", "ore", "om", "uur", "kl", "klo", "den", "o", "godz", "st", "nd", "rd", "th",
    "er", "eme", "clock", "hrs",
];

/// The number of a month, by its name or by a beginning of it that no other month shares.
pub(crate) fn month(plain: &str) -> Option<u32> {
    let mut found = None;
    for (number, names) in (1..).zip(MONTHS) {
        if names.contains(&plain) {
            return Some(number);
        }
        if plain.len() >= 3 && names.iter().any(|name| name.starts_with(plain)) {
            if found.is_some() {
                return None;
            }
            found = Some(number);
        }
    }
    found.or((plain == "sept").then_some(9))
}

/// Whether it is a weekday, perhaps shortened.
pub(crate) fn is_weekday(plain: &str) -> bool {
    plain.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(plain))
        || matches!(plain, "mie" | "qua" | "ter" | "seg" | "qui" | "sex")
}

/// Whether it may stand in a date and says nothing.
pub(crate) fn is_filler(plain: &str) -> bool {
    FILLERS.contains(&plain)
}

/// Whether a word beside a time says that it is in the morning or after noon.
pub(crate) fn half_of_day(plain: &str) -> Option<bool> {
    match plain {
        "am" | "午前" | "上午" | "오전" | "πμ" => Some(false),
        "pm" | "午後" | "下午" | "오후" | "μμ" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::characters::plain_word;

    #[test]
    fn months_are_known_by_what_no_other_shares() {
        for (word, number) in [
            ("mar", Some(3)),
            ("März", Some(3)),
            ("mrt", Some(3)),
            ("févr", Some(2)),
            ("août", Some(8)),
            ("juin", Some(6)),
            ("juil", Some(7)),
            ("jui", None),
            ("ju", None),
            ("dic", Some(12)),
            ("Dez", Some(12)),
            ("październik", Some(10)),
            ("gen", Some(1)),
            ("set", Some(9)),
            ("Sept", Some(9)),
            ("may", Some(5)),
            ("monday", None),
        ] {
            assert_eq!(month(&plain_word(word)), number, "{word}");
        }
    }
}
