//! Authorities that may vouch for the mail server beside those that Mozilla trusts: a company's own.

use std::path::Path;

use lettre::transport::smtp::client::{Certificate, TlsParameters};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::MailSettingsError;

/// With what a connection to the host is made safe.
pub(super) fn parameters(host: &str, ca_file: &Path) -> Result<TlsParameters, MailSettingsError> {
    let mut parameters = TlsParameters::builder(host.to_owned());
    for authority in read(ca_file)? {
        parameters = parameters.add_root_certificate(authority);
    }
    parameters.build().map_err(|error| unusable(ca_file, error.to_string()))
}

fn read(ca_file: &Path) -> Result<Vec<Certificate>, MailSettingsError> {
    let pem = std::fs::read(ca_file).map_err(|error| unusable(ca_file, error.to_string()))?;
    let found = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| unusable(ca_file, error.to_string()))?;
    if found.is_empty() {
        return Err(unusable(ca_file, "there is no certificate in it".to_owned()));
    }
    found
        .into_iter()
        .map(|certificate| Certificate::from_der(certificate.to_vec()))
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(ca_file, error.to_string()))
}

fn unusable(ca_file: &Path, cause: String) -> MailSettingsError {
    MailSettingsError::Authorities {
        path: ca_file.to_owned(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        alerts::{MailSettings, email::Mailer},
        crypto::Secret,
    };

    const SAFE: &str = "smtps://mail.company.example";

    fn set_up(server: &str, ca_file: &Path) -> Result<(), MailSettingsError> {
        let settings = MailSettings {
            server: Secret::from(server),
            from: "portal@company.example".to_owned(),
            ca_file: Some(ca_file.to_owned()),
        };
        Mailer::new(&settings).map(drop)
    }

    #[test]
    fn a_file_without_certificates_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("authorities.pem");
        let is_told = || match set_up(SAFE, &path) {
            Err(error @ MailSettingsError::Authorities { .. }) => error.to_string().contains("authorities.pem"),
            _ => false,
        };
        assert!(is_told(), "missing");
        for content in [
            "",
            "mail.company.example",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            std::fs::write(&path, content).unwrap();
            assert!(is_told(), "{content}");
        }
    }

    #[test]
    fn a_server_that_is_asked_for_no_certificate_needs_no_authorities() {
        let set_up = |server| set_up(server, Path::new("authorities.pem"));
        assert_eq!(
            set_up("smtp://mail.company.example"),
            Err(MailSettingsError::AuthoritiesInClear)
        );
        for server in [SAFE, "smtp://mail.company.example?tls=required"] {
            assert!(matches!(set_up(server), Err(MailSettingsError::Authorities { .. })));
        }
    }
}
