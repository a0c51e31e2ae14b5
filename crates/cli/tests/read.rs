//! The built binary, end to end: `tuntuma read`.

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command as Process, Stdio};

fn tuntuma() -> Command {
    let mut command = Command::cargo_bin("tuntuma").expect("the binary is built");
    command.env_remove("NO_COLOR").env("COLUMNS", "80");
    command
}

fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn readings(out: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(out).lines().map(|l| serde_json::from_str(l).expect("one JSON object a line")).collect()
}

#[test]
fn every_example_is_read() {
    let files: Vec<_> = fs::read_dir(examples()).unwrap().flatten().map(|e| e.path()).filter(|p| p.file_name().is_some_and(|n| n != "README.md")).collect();
    assert!(files.len() >= 12, "{} examples", files.len());
    for file in files {
        let out = tuntuma().args(["read", "--format", "json"]).arg(&file).assert().success().get_output().stdout.clone();
        let readings = readings(&out);
        assert!(!readings.is_empty(), "{}", file.display());
        for r in &readings {
            assert!(r["axes"]["energy"]["value"].is_number() && r["situations"]["lost"].is_number() && r["versions"]["model"].is_string(), "{r}");
        }
    }
}

#[test]
fn a_folder_is_read_without_its_readme() {
    let out = tuntuma().args(["read", "--format", "json"]).arg(examples()).assert().success().get_output().stdout.clone();
    let all = readings(&out);
    assert!(all.len() > 30, "{} readings", all.len());
    assert!(!String::from_utf8(out).unwrap().contains("\"README"));
}

#[test]
fn the_picture_in_the_readme_is_what_is_printed() {
    let readme = fs::read_to_string(examples().join("../README.md")).unwrap();
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    let out = tuntuma().env("COLUMNS", "80").arg("read").arg(examples().join("lamp.nl.txt")).assert().success().get_output().stdout.clone();
    let printed = String::from_utf8(out).unwrap().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert!(printed.contains(picture), "the README shows\n{picture}\nbut printed is\n{printed}");
}

#[test]
fn the_wire_form_has_the_fields_others_depend_on() {
    let out = tuntuma().args(["read", "--format", "json"]).arg(examples().join("lamp.nl.txt")).assert().success().get_output().stdout.clone();
    let first = &readings(&out)[0];
    for field in ["conversation", "utterance", "role", "language", "region", "axes", "colour", "colours", "situations", "active", "shifts", "lead", "evidence", "ask", "versions"] {
        assert!(first.get(field).is_some(), "no `{field}` in {first}");
    }
    assert_eq!((first["conversation"].as_str(), first["utterance"].as_u64(), first["role"].as_str()), (Some("lamp.nl"), Some(1), Some("customer")));
}

#[test]
fn people_get_words_wheel_and_reasons_in_their_language() {
    for (language, word) in [("en", "lead"), ("nl", "leiding"), ("fi", "johto")] {
        tuntuma()
            .args(["read", "--language", language])
            .arg(examples().join("lamp.nl.txt"))
            .assert()
            .success()
            .stdout(predicate::str::contains(word))
            .stdout(predicate::str::contains("●"));
    }
}

#[test]
fn a_pipe_gets_no_escapes_and_no_line_is_wider_than_asked() {
    let out = tuntuma().env("COLUMNS", "60").args(["read"]).arg(examples().join("lamp.nl.txt")).assert().success().get_output().stdout.clone();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains('\u{1b}'));
    let widest = text.lines().map(|l| l.chars().count()).max().unwrap();
    assert!(widest <= 60, "{widest} columns");
    tuntuma().args(["read", "--color", "always"]).arg(examples().join("lamp.nl.txt")).assert().success().stdout(predicate::str::contains("\u{1b}["));
}

#[test]
fn standard_input_is_read_live() {
    let mut child = Process::new(assert_cmd::cargo::cargo_bin("tuntuma")).args(["read", "--format", "json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    writeln!(stdin, "Customer: hello, where is my parcel\nAgent: I will look").unwrap();
    let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(first["utterance"], 0, "the reading comes while the input is still open");
    writeln!(stdin, "Customer: thanks\n").unwrap();
    let second: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(second["utterance"], 2);
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_was_good_before_a_broken_line_is_still_printed() {
    let good = r#"{"id":"a","channel":"chat","turns":[{"role":"customer","text":"hello there"}]}"#;
    let input = format!("{}{{\"id\":\"b\", oops\n", format!("{good}\n").repeat(6));
    let run = tuntuma()
        .args(["read", "--format", "json", "-"])
        .write_stdin(input)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("standard input:7:").and(predicate::str::contains("broken JSON")));
    assert_eq!(readings(&run.get_output().stdout).len(), 6);
}

#[test]
fn bad_input_names_place_and_remedy_and_exits_with_2() {
    let dir = tempfile::tempdir().unwrap();
    let case = |name: &str, bytes: &[u8], parts: &[&str]| {
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        let run = tuntuma().arg("read").arg(&path).assert().code(2);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        for part in parts {
            assert!(stderr.contains(part), "{name}: no `{part}` in: {stderr}");
        }
    };
    case("latin.txt", b"Klant: hallo\nKlant: caf\xe9", &["latin.txt:2:11", "UTF-8", "iconv"]);
    case("role.txt", b"Klant: hallo\nJan: hoi", &["role.txt:2:1", "unknown role `Jan`", "--speaker"]);
    case("role.jsonl", br#"{"id":"a","turns":[{"role":"boss","text":"x"}]}"#, &["role.jsonl:1:", "boss", "customer, agent, bot, system"]);
    let backwards = br#"{"id":"a","turns":[{"role":"customer","at":"2026-01-02T10:00:00Z","text":"x"},{"role":"agent","at":"2026-01-02T09:00:00Z","text":"y"}]}"#;
    case("times.jsonl", backwards, &["times.jsonl:1", "turn 1", "comes before"]);
    case("clock.txt", b"[10:05] Klant: hallo\n[10:01] Agent: hoi", &["clock.txt:2:1", "10:01 comes before 10:05"]);
    case("empty.jsonl", b"", &["empty.jsonl", "is empty"]);
    case("blank.txt", b"\n \n", &["blank.txt", "no utterances"]);
    case("columns.csv", b"who,what\ncustomer,hello", &["columns.csv:1", "no column", "--columns"]);
    case("short.csv", b"role,text\ncustomer", &["short.csv:2", "1 fields", "2"]);
    case("nofrom.eml", b"Subject: x\n\nhello", &["nofrom.eml:1:1", "no `From:` header"]);
    case("order.vtt", b"WEBVTT\n\n00:05.000 --> 00:06.000\n<v Agent>a\n\n00:01.000 --> 00:02.000\n<v Customer>b", &["order.vtt:6", "starts before"]);
    tuntuma().args(["read", "no-such-file.txt"]).assert().code(2).stderr(predicate::str::contains("no-such-file.txt").and(predicate::str::contains("no such file")));
}

#[test]
fn faults_are_told_in_the_language_of_the_read_out() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("role.txt"), "Klant: hallo\nJan: hoi").unwrap();
    for (language, message, remedy) in [("nl", "onbekende rol `Jan`", "zeg wie dat is met --speaker"), ("fi", "tuntematon rooli `Jan`", "kerro kuka se on: --speaker")] {
        let run = tuntuma().args(["read", "--language", language]).arg(dir.path().join("role.txt")).assert().code(2);
        run.stderr(predicate::str::contains(message).and(predicate::str::contains(remedy)));
    }
}

#[test]
fn a_line_without_end_is_refused_without_swallowing_memory() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("huge.jsonl");
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(b"{\"id\":\"").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&block).unwrap();
    }
    tuntuma().arg("read").arg(&path).assert().code(2).stderr(predicate::str::contains("huge.jsonl:1:1: a line of more than 16 MiB"));
}

#[test]
fn a_fault_in_one_file_does_not_stop_the_next() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.jsonl"), "nonsense").unwrap();
    fs::write(dir.path().join("b.txt"), "Customer: hello, my lamp is broken").unwrap();
    let run = tuntuma().args(["read", "--format", "json", "--input-format", "jsonl"]).arg(dir.path().join("a.jsonl")).assert().code(2);
    assert!(run.get_output().stdout.is_empty());
    let run = tuntuma().args(["read", "--format", "json"]).arg(dir.path()).assert();
    assert_eq!(readings(&run.get_output().stdout).last().unwrap()["conversation"], "b");
}

#[test]
fn own_words_with_a_mistake_name_the_line() {
    let dir = tempfile::tempdir().unwrap();
    let cues = dir.path().join("cues");
    fs::create_dir_all(&cues).unwrap();
    fs::write(cues.join("hurry.toml"), "about = \"x\"\nfamily = \"F27\"\nbears_on = [{ on = \"hurried\" }]\nnegation = \"blocks\"\nsource = \"x\"\n").unwrap();
    tuntuma()
        .args(["read", "--data"])
        .arg(dir.path())
        .arg(examples().join("lamp.nl.txt"))
        .assert()
        .code(2)
        .stderr(predicate::str::contains("cues/hurry.toml:3:13").and(predicate::str::contains("nothing called `hurried`")));
}
