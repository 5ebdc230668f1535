//! A script that imports files with numbers through the API of a server that is a program of its own.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use backend::{
    services::api_token,
    testing::{TestEnterprise, TestPortal},
};
use domain::{access::Role, api_token::ApiTokenInput};
use serde_json::{Map, Value, json};

use crate::program::Serving;

/// Until when an answer must be there.
const AT_MOST: Duration = Duration::from_secs(120);

/// A script with a token.
pub(crate) struct Script {
    /// Where it uploads files.
    imports: String,
    token: String,
}

/// The whole answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Script {
    /// One of an admin of the enterprise.
    pub(crate) async fn of_admin(portal: &TestPortal, clinic: &TestEnterprise) -> Self {
        let input = ApiTokenInput {
            name: "Script".to_owned(),
            enterprise: None,
            role: Some(Role::EnterpriseAdmin),
            days: 1,
        };
        let made = api_token::create(&clinic.admin().await, portal.backend(), &input).await;
        Self {
            imports: format!("/api/v1/enterprises/{}/imports/numbers", clinic.slug()),
            token: made.unwrap().secret,
        }
    }

    /// The request that uploads a file.
    pub(crate) fn upload_request(&self, file: &str) -> Vec<u8> {
        self.request("?name=numbers.csv", "text/csv", file)
    }

    /// The request that checks an uploaded file, as its columns are understood.
    pub(crate) fn check_request(&self, upload: &Value) -> Vec<u8> {
        let known = upload["columns"].as_array().unwrap().iter();
        let columns: Map<String, Value> = known
            .filter(|column| !column["column"].is_null())
            .map(|column| (column["field"].as_str().unwrap().to_owned(), column["column"].clone()))
            .collect();
        self.about(upload, "check", &json!({ "columns": columns }))
    }

    /// The request that imports a file as its check told.
    pub(crate) fn apply_request(&self, checked: &Value) -> Vec<u8> {
        self.about(checked, "apply", &json!({ "run": checked["run"] }))
    }

    /// Uploads a file; tells how it would be read.
    pub(crate) fn upload(&self, serving: &Serving, file: &str) -> Value {
        answered(serving, &self.upload_request(file), 201)
    }

    /// Checks an uploaded file; tells what would become of it.
    pub(crate) fn check(&self, serving: &Serving, upload: &Value) -> Value {
        answered(serving, &self.check_request(upload), 200)
    }

    /// Asks for the import of a file that was checked.
    pub(crate) fn apply(&self, serving: &Serving, checked: &Value) {
        answered(serving, &self.apply_request(checked), 202);
    }

    fn about(&self, import: &Value, deed: &str, body: &Value) -> Vec<u8> {
        let path = format!("/{}/{deed}", import["id"].as_str().unwrap());
        self.request(&path, "application/json", &body.to_string())
    }

    fn request(&self, path: &str, kind: &str, body: &str) -> Vec<u8> {
        let Self { imports, token } = self;
        let head = format!(
            "POST {imports}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        (head + body).into_bytes()
    }
}

fn answered(serving: &Serving, request: &[u8], status: u16) -> Value {
    let answer = ask(serving.connect(), request).unwrap();
    assert_eq!(answer.status, status, "{answer:?}");
    answer.body
}

/// Sends a request; none when the connection breaks off before the whole answer is there.
pub(crate) fn ask(mut connection: TcpStream, request: &[u8]) -> Option<Answer> {
    connection.set_read_timeout(Some(AT_MOST)).unwrap();
    connection.write_all(request).ok()?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some(Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        body: serde_json::from_str(body).ok()?,
    })
}
