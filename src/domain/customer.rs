//! Whether a company is a customer (`docs/rules.md`, a company that is a customer): an account that somebody moved to is
//! one only where something on record says so.

/// What is on record of an account that only a customer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CustomerSigns {
    /// The CRM, or somebody who typed it, describes it as one: an id there, a day since when, a renewal, its health, a
    /// product or a use case.
    pub described: bool,
    /// A deal with it was won.
    pub won: bool,
    /// It was noticed as one: a signal about it, or of the person that they bought again there.
    pub noticed: bool,
    /// Somebody else there answered a survey, or is an advocate who did not move there as well.
    pub voices: bool,
}

impl CustomerSigns {
    /// Whether any of it is there.
    pub const fn is_customer(self) -> bool {
        self.described || self.won || self.noticed || self.voices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_sign_will_do() {
        let none = CustomerSigns::default();
        assert!(!none.is_customer());
        for one in [
            CustomerSigns {
                described: true,
                ..none
            },
            CustomerSigns { won: true, ..none },
            CustomerSigns {
                noticed: true,
                ..none
            },
            CustomerSigns {
                voices: true,
                ..none
            },
        ] {
            assert!(one.is_customer(), "{one:?}");
        }
    }
}
