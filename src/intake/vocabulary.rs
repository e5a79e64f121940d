//! What the usual columns are called in other languages and in forms: English, German, French, Spanish, Portuguese,
//! Italian, Dutch, Japanese and Chinese (`docs/import.md`, columns). A kind of file takes the words of a meaning with
//! `@meaning` among its headers.

use std::sync::LazyLock;

use super::headers::plain_pattern;
use crate::domain::words::word_lists;

/// The words of each meaning. Case, accents, spaces and punctuation do not matter.
const MEANINGS: &[(&str, &[&str])] = word_lists! {
    "email": "email address", "mail", "mail address", "your email", "your email address", "primary email", "business email",
        "company email", "corporate email", "professional email", "personal email", "email 1", "email 1 value",
        "email address 1", "email work", "email of respondent", "respondents email", "invitee email", "user id email",
        "what is your email *", "enter your email *", "please enter your email *", "please provide your email *",
        "email adresse", "mail adresse", "mailadresse", "e mail geschäftlich", "geschäftliche e mail", "ihre e mail *",
        "courriel", "adresse email", "adresse mail", "adresse e mail", "adresse courriel", "adresse électronique",
        "adresse de messagerie", "votre email", "votre adresse *mail*", "mél",
        "correo", "correo electrónico", "dirección de correo", "dirección de correo electrónico", "su correo *",
        "email do cliente", "endereço de email", "endereço eletrônico", "correio eletrônico", "seu email",
        "indirizzo email", "indirizzo mail", "indirizzo di posta elettronica", "posta elettronica", "la tua email",
        "e mailadres", "emailadres", "mailadres", "uw e mailadres", "e post", "epost", "e postadress", "adres e mail",
        "メール", "メールアドレス", "eメール", "eメールアドレス", "電子メール", "电子邮件", "电子邮件地址", "电子邮箱", "邮箱", "邮箱地址",
        "電子郵件", "電子郵件地址", "電郵", "信箱", "이메일", "이메일 주소";
    "first-name": "first", "fname", "your first name", "vorname", "rufname", "prénom", "votre prénom", "nombre",
        "nombres", "primer nombre", "nome", "primeiro nome", "nome próprio", "voornaam", "förnamn", "imię", "名", "given names";
    "last-name": "last", "lname", "your last name", "nachname", "familienname", "zuname", "nom", "nom de famille",
        "votre nom", "apellido", "apellidos", "primer apellido", "sobrenome", "apelido", "último nome", "cognome",
        "achternaam", "familienaam", "efternamn", "nazwisko", "姓", "姓氏";
    "name": "your name", "name of respondent", "display name", "participant", "participant name", "vollständiger name",
        "ihr name", "ansprechpartner", "kontakt", "kontaktname", "kunde name", "nom complet", "nom et prénom", "nom prénom",
        "contacto", "nombre completo", "nombre y apellidos", "nome completo", "contato", "nome e cognome", "nominativo",
        "contatto", "naam", "volledige naam", "contactpersoon", "namn", "imię i nazwisko", "氏名", "お名前", "名前", "姓名", "名字",
        "联系人", "聯絡人", "이름";
    "company": "company name", "business name", "your company", "firm", "employer", "company organization", "firma",
        "firmenname", "firmen name", "unternehmen", "unternehmensname", "organisation", "kunde", "société", "entreprise",
        "nom de la société", "nom de l'entreprise", "raison sociale", "compte", "nom du compte", "empresa", "compañía",
        "nombre de la empresa", "organización", "cuenta", "nombre de la cuenta", "razón social", "nome da empresa",
        "companhia", "organização", "conta", "nome da conta", "azienda", "società", "nome azienda", "nome dell'azienda",
        "ragione sociale", "organizzazione", "bedrijf", "bedrijfsnaam", "organisatie", "klant", "företag", "会社", "会社名",
        "企業名", "貴社名", "御社名", "組織", "公司", "公司名称", "公司名稱", "企业", "企业名称", "单位", "客户名称", "회사";
    "title": "your role", "your job title", "function", "designation", "berufsbezeichnung", "funktion", "stelle",
        "position im unternehmen", "fonction", "poste", "intitulé du poste", "cargo", "puesto", "función", "título", "função",
        "ruolo", "qualifica", "mansione", "functie", "functietitel", "役職", "職種", "肩書", "职位", "职务", "職稱", "직책";
    "score": "net promoter score", "nps question", "nps answer", "nps response", "nps result", "your score", "your rating",
        "* nps score", "likely to recommend", "likelihood of recommending",
        "willingness to recommend", "recommend score", "would you recommend *", "* how likely * recommend *",
        "* likelihood * recommend *",
        "nps wert", "nps bewertung", "bewertung", "punktzahl", "punkte", "weiterempfehlung", "weiterempfehlungsbereitschaft",
        "empfehlungsbereitschaft", "* wahrscheinlich * empfehl*", "* wahrscheinlich * empfiehl*",
        "note nps", "score nps", "notation", "* probabilité * recommand*", "* recommand* * probabilité *",
        "* probable * recommand*", "* dans quelle mesure * recommand*",
        "puntuación", "puntuación nps", "puntaje", "calificación", "* probab* * recom*", "pontuação", "pontuação nps", "nota nps",
        "punteggio", "punteggio nps", "* probab* * consigli*", "* probab* * raccomand*",
        "cijfer", "nps cijfer", "beoordeling", "* waarschijnlijk* * aanbevelen *", "* waarschijnlijk* * aanbeveelt *",
        "* waarschijnlijk* * aanraden *", "スコア", "npsスコア", "評価", "評価点", "点数", "推奨度", "*勧め*可能性*", "*薦め*可能性*",
        "*すすめ*可能性*", "*勧め*思*", "*薦め*思*", "*すすめ*思*", "*推奨*可能性*", "评分", "评分值", "分数", "得分", "評分", "推荐度",
        "*可能*推荐*", "*推荐*可能*", "*可能*推薦*", "*推薦*可能*", "추천 점수";
    "comment": "your feedback", "your comments", "additional comments", "additional feedback", "any other *", "response text",
        "open ended response", "open feedback", "free text", "explanation", "what is the * reason *", "* primary reason *",
        "* main reason *", "* reason for your *", "kommentar", "kommentare", "anmerkung", "anmerkungen", "bemerkung",
        "bemerkungen", "begründung", "grund", "freitext", "rückmeldung", "* warum *", "warum *", "* begründe*",
        "commentaire", "commentaires", "remarque", "remarques", "raison", "avis", "pourquoi *", "* pourquoi *",
        "comentario", "comentarios", "motivo", "razón", "opinión", "por qué *", "observaciones", "comentário", "comentários",
        "justificativa", "por que *", "commento", "commenti", "motivazione", "perché *", "osservazioni", "opmerking",
        "opmerkingen", "toelichting", "reden", "waarom *", "コメント", "理由", "ご意見", "感想", "*理由*", "评论", "评语", "备注", "原因",
        "意见", "反馈", "評論", "備註", "의견";
    "date": "completion time", "completed time", "completed date", "completed on", "date completed", "finish time", "finished at",
        "end time", "ended at", "submit time", "submitted time", "submission time", "time submitted", "time completed",
        "response timestamp", "responded on", "response received", "answered on", "answer date", "received", "received at",
        "received on", "date received", "recorded at", "recorded on", "date of response", "survey completed", "survey date",
        "survey completed date", "interview date", "entry date", "created date", "created on", "create date", "creation date",
        "datum", "zeitstempel", "zeitpunkt", "fertigstellungszeit", "abschlusszeit", "eingegangen am", "erstellt am",
        "beantwortet am", "abgeschlossen am", "antwortdatum", "endzeit", "datum der antwort", "eingangsdatum",
        "horodateur", "horodatage", "heure de fin", "date de réponse", "date de la réponse", "répondu le", "créé le", "date de création",
        "fecha", "marca temporal", "hora de finalización", "fecha de respuesta", "fecha de finalización", "fecha y hora",
        "fecha de creación", "data", "carimbo de data hora", "hora de conclusão", "data da resposta", "data de resposta",
        "data e hora", "informazioni cronologiche", "ora di completamento", "data di risposta", "data risposta",
        "data e ora", "tijdstempel", "tijd van voltooien", "tijd van voltooiing", "datum van antwoord", "ingevuld op",
        "日付", "日時", "回答日", "回答日時", "完了時刻", "タイムスタンプ", "送信日時", "日期", "时间", "时间戳", "时间戳记", "時間戳記", "提交时间",
        "提交答卷时间", "完成时间", "答题时间", "填写时间", "回复时间", "타임스탬프", "날짜", "start time", "started at", "start date";
    "domain": "company website", "company url", "webseite", "internetseite", "homepage", "site web", "site internet", "sitio web",
        "página web", "site", "sito web", "sito", "dominio", "domínio", "ウェブサイト", "网站", "网址";
    "industry": "branche", "industrie", "wirtschaftszweig", "secteur", "secteur d'activité", "industria", "sector", "setor", "ramo",
        "settore", "sectoren", "bedrijfstak", "業種", "業界", "行业", "行業";
    "country": "country name", "land", "pays", "país", "paese", "nazione", "国", "国名", "国家", "國家";
    "region": "gebiet", "région", "región", "região", "regione", "regio", "地域", "地区", "地區";
    "segment": "segmento", "kundensegment", "セグメント", "unternehmensgröße", "mitarbeiterzahl";
    "language": "sprache", "langue", "idioma", "língua", "lingua", "taal", "言語", "语言", "語言", "user language";
    "owner": "kundenbetreuer", "betreuer", "verantwortlich", "responsable", "propriétaire", "propietario", "responsável",
        "responsabile", "eigenaar", "accountmanager", "担当者", "负责人";
    "phone": "telefon", "telefonnummer", "handy", "téléphone", "portable", "teléfono", "móvil", "telefone", "celular", "telefono",
        "cellulare", "telefoon", "電話", "電話番号", "电话", "手机";
    "response-id": "response number", "response no", "submission number", "submission", "entry id", "answer id",
        "survey response", "antwort id", "antwortnummer", "id de réponse", "id de respuesta", "id da resposta", "id risposta",
        "回答id", "回答番号", "答卷编号";
    "rating": "ratingvalue", "review rating value", "rating value", "star", "number of stars", "rated", "grade", "bewertung",
        "sterne", "étoiles", "calificación", "puntuación", "estrellas", "avaliação", "nota", "estrelas", "valutazione",
        "stelle", "punteggio", "beoordeling", "sterren", "評価", "星", "评分", "星级";
};

/// The same, as they are compared.
static PATTERNS: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    let patterns = |words: &[&str]| words.iter().map(|word| plain_pattern(word)).collect();
    let meanings = MEANINGS.iter();
    meanings
        .map(|(name, words)| (*name, patterns(words)))
        .collect()
});

/// The words of a meaning, as they are compared.
pub(super) fn patterns(meaning: &str) -> &'static [String] {
    let known = PATTERNS.iter().find(|(name, _)| *name == meaning);
    debug_assert!(known.is_some(), "`{meaning}` is no meaning");
    known.map_or(&[], |(_, patterns)| patterns)
}
