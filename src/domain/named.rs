//! What somebody is called where they are shown: by their name, or else by their address.

/// Somebody who can be named.
pub(crate) trait Named {
    /// Their e-mail address, in the spelling received.
    fn email(&self) -> &str;

    /// Their name, where it is known.
    fn name(&self) -> Option<&str>;

    /// The account that they belong to.
    fn account(&self) -> Option<&str> {
        None
    }

    /// The name, or else the address.
    fn shown_name(&self) -> &str {
        self.name().unwrap_or_else(|| self.email())
    }
}
