//! From the words typed to what is meant: a person, an account, a request, an industry, a colleague, a file.

pub mod account;
pub mod account_words;
pub mod arguments;
pub mod author;
pub mod colleague;
pub mod completing;
pub mod deal;
pub mod description;
pub mod filter;
pub mod forgetting;
pub mod industry;
pub mod instant;
pub mod keeping;
pub mod menu;
pub mod nearest;
pub mod newcomer;
pub mod numbered;
pub mod output_file;
pub mod person;
pub mod profile;
pub mod reading;
pub mod several;
pub mod wanted;

pub(crate) use author::authors;
pub(crate) use colleague::colleague;
pub(crate) use deal::deal;
pub(crate) use industry::{industry, slip_of_industry, typed_industry};
pub(crate) use menu::menu_item;
pub(crate) use nearest::unknown_word;
pub(crate) use numbered::{
    asset, asset_use, give, nomination, note, operation, request, signal, tap, tap_of, touch,
};
pub(crate) use person::person;
