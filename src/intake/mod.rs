//! From a file to typed rows: decoded, sniffed, recognised, mapped. Nothing here knows the database.
