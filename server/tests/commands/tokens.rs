//! API tokens from the command line.

use std::io::{Read, Write};

use crate::program::{Place, Serving};

/// The arguments that make a token of the account.
fn create_token<'a>(email: &'a str, role: &'a str) -> [&'a str; 7] {
    ["create-token", "--email", email, "--name", "Connector", "--role", role]
}

#[test]
fn a_token_is_told_once_and_signs_in() {
    let place = Place::new();
    place.succeeds(&["create-admin", "--email", "ada@company.example", "--name", "Ada Brandt"]);
    let told = place.succeeds(&create_token("ada@company.example", "provider"));
    let token = told.trim_end().rsplit(' ').next().unwrap();
    assert!(token.starts_with("mp_") && token.len() == 43, "{told}");
    assert_eq!(told.matches(token).count(), 1);

    let serving = Serving::start(place.command(&[]));
    let asked = format!(
        "GET /api/v1/enterprises HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    let mut connection = serving.connect();
    connection.write_all(asked.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("{\"rows\":[]}"),
        "{answer}"
    );
    serving.stop();
    serving.ends_well();
}

#[test]
fn what_stands_in_the_way_of_a_token_is_told() {
    let place = Place::new();
    place.succeeds(&["create-admin", "--email", "ada@company.example", "--name", "Ada Brandt"]);
    let sentence = place.fails(&create_token("bea@company.example", "admin"));
    assert_eq!(sentence, "email: Nobody signs in with this e-mail address.");
    let ada = create_token("ada@company.example", "admin");
    let sentence = place.fails(&[&ada[..], &["--days", "0"]].concat());
    assert!(sentence.starts_with("days: Choose 1 to 366 days."), "{sentence}");
    let sentence = place.fails(&[&ada[..], &["--enterprise", "nowhere"]].concat());
    assert!(sentence.starts_with("This enterprise does not exist."), "{sentence}");
}
