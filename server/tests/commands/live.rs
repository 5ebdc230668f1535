//! Live updates from a server that is a program of its own: what streams leave behind in it when pages go away. Reads
//! `/proc`, so it is for Linux only.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use backend::services::demo_data::{DemoSignIn, SIGN_INS};

use crate::program::{Place, Serving};

/// How many streams are open at the same time: as many as one session may have.
const AT_ONCE: usize = 20;
/// How many are opened and given up in the measured part.
const STREAMS: usize = 500;
/// Until when the server must have noticed that somebody is gone.
const AT_MOST: Duration = Duration::from_secs(20);
/// What the server may hold on to: connections to its database and what the allocator keeps for later.
const FILES: usize = 40;
const KILOBYTES: usize = 16 * 1024;

fn serve() -> (Place, Serving, String) {
    let place = Place::new();
    place.succeeds(&["demo-data", "--groups", "3", "--users", "10", "--numbers", "5"]);
    let serving = Serving::start(place.command(&[]));
    let cookie = sign_in(&serving, &SIGN_INS[1]);
    (place, serving, cookie)
}

/// Signs in; tells what to send as the cookie.
fn sign_in(serving: &Serving, person: &DemoSignIn) -> String {
    let body = format!(
        "email={}&password={}&next=",
        person.email.replace('@', "%40"),
        person.password
    );
    let mut connection = serving.connect();
    let head = format!(
        "POST /rpc/session/sign_in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    let set = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// Opens a stream and waits until it says that it listens. Streams that were given up may still count, so a refusal is
/// no answer for a while.
fn open(serving: &Serving, cookie: &str) -> BufReader<TcpStream> {
    let deadline = Instant::now() + AT_MOST;
    loop {
        let mut connection = serving.connect();
        connection.set_read_timeout(Some(AT_MOST)).unwrap();
        let head = format!("GET /rpc/live/alder-clinics HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
        connection.write_all(head.as_bytes()).unwrap();
        let mut answer = BufReader::new(connection);
        let mut status = String::new();
        answer.read_line(&mut status).unwrap();
        if status.starts_with("HTTP/1.1 200") {
            let mut line = String::new();
            while line.trim_end() != ": listening" && line.trim_end() != ":listening" {
                line.clear();
                assert_ne!(answer.read_line(&mut line).unwrap(), 0, "the stream ended");
            }
            return answer;
        }
        assert!(status.starts_with("HTTP/1.1 429"), "{status}");
        assert!(Instant::now() < deadline, "streams that were given up still count");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn open_and_give_up(serving: &Serving, cookie: &str, rounds: usize) {
    for _ in 0..rounds {
        let streams: Vec<_> = (0..AT_ONCE).map(|_| open(serving, cookie)).collect();
        drop(streams);
    }
}

fn open_files(serving: &Serving) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", serving.id())).unwrap().count()
}

#[test]
fn streams_that_were_given_up_leave_nothing_behind() {
    let (_place, serving, cookie) = serve();
    // What is made once for all: connections to the database, pages of the allocator.
    open_and_give_up(&serving, &cookie, 5);
    let (files, kilobytes) = (open_files(&serving), serving.kilobytes("VmRSS"));

    open_and_give_up(&serving, &cookie, STREAMS / AT_ONCE);

    let deadline = Instant::now() + AT_MOST;
    loop {
        let (files_now, kilobytes_now) = (open_files(&serving), serving.kilobytes("VmRSS"));
        if files_now <= files + FILES && kilobytes_now <= kilobytes + KILOBYTES {
            break;
        }
        assert!(
            Instant::now() < deadline,
            "files {files}, now {files_now}; kilobytes {kilobytes}, now {kilobytes_now}"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    serving.stop();
    serving.ends_well();
}

/// A page that listens does not hold up a server that is to stop.
#[test]
fn a_stop_ends_streams() {
    let (_place, serving, cookie) = serve();
    let mut stream = open(&serving, &cookie);
    let started = Instant::now();
    serving.stop();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("0\r\n\r\n"), "the end is told: {rest:?}");
    serving.ends_well();
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
