//! Sending a file to the server, with how much of it has been sent.

use domain::import::ImportUpload;
use js_sys::Uint8Array;
use leptos::{
    server_fn::ContentType,
    web_sys::{File, ProgressEvent, XmlHttpRequest, XmlHttpRequestResponseType},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    error::AppError,
    server_fns::wire::{self, BinaryEncoding},
    words,
};

/// A file on its way; it is called back when this value is dropped.
pub(super) struct SentFile {
    request: XmlHttpRequest,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    _ended: Closure<dyn FnMut()>,
}

impl SentFile {
    /// Sends `file` to `address`, which ends in the name of a parameter for the file's name. Tells how many hundredths of
    /// it are sent, and then what the server has made of it or why it has not taken it.
    ///
    /// # Errors
    /// What the browser says.
    pub(super) fn send(
        address: &str,
        file: &File,
        progress: impl Fn(f64) + 'static,
        ended: impl Fn(Result<ImportUpload, String>) + 'static,
    ) -> Result<Self, JsValue> {
        let request = XmlHttpRequest::new()?;
        let name = String::from(js_sys::encode_uri_component(&file.name()));
        request.open("POST", &format!("{address}{name}"))?;
        request.set_request_header("Accept", BinaryEncoding::CONTENT_TYPE)?;
        request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            progress(percent(event.loaded(), event.total()));
        });
        request
            .upload()?
            .set_onprogress(Some(progress.as_ref().unchecked_ref()));
        let answered = request.clone();
        let ended = Closure::<dyn FnMut()>::new(move || ended(answer(&answered)));
        request.set_onloadend(Some(ended.as_ref().unchecked_ref()));
        request.send_with_opt_blob(Some(file))?;
        Ok(Self {
            request,
            _progress: progress,
            _ended: ended,
        })
    }
}

impl Drop for SentFile {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        // One that has ended is not touched by it.
        drop(self.request.abort());
    }
}

fn percent(sent: f64, total: f64) -> f64 {
    if total <= 0.0 {
        return 0.0;
    }
    (sent / total * 100.0).clamp(0.0, 100.0).round()
}

fn answer(request: &XmlHttpRequest) -> Result<ImportUpload, String> {
    let status = request.status().unwrap_or_default();
    // Nothing where the connection broke off.
    let bytes = request.response().map(|answer| Uint8Array::new(&answer).to_vec());
    let bytes = bytes.unwrap_or_default();
    if status == 200 {
        return wire::read(&bytes).map_err(|_| AppError::NotUnderstood.to_string());
    }
    let Ok(error) = wire::read::<AppError>(&bytes) else {
        return Err(match status {
            413 => words::imports::TOO_LARGE.to_owned(),
            _ => AppError::Interrupted.to_string(),
        });
    };
    let fault = error.field_errors().first().map(|fault| fault.message.clone());
    Err(fault.unwrap_or_else(|| error.to_string()))
}
