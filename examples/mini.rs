fn main() {
    let mut report = yipin::diagnostic::Report::new();
    let a: Vec<String> = std::env::args().collect();
    let job = yipin::pipeline::Job { root: a[1].clone().into(), today: jiff::civil::date(2026,11,22), drafts: false, base_url: None };
    let t = std::time::Instant::now();
    let r = yipin::pipeline::build(&job, std::path::Path::new(&a[2]), &mut report);
    eprint!("{}", yipin::diagnostic::human::render(&report.into_sorted(), yipin::diagnostic::Lang::Zh));
    match r { Ok(Some(s)) => eprintln!("created {} changed {} unchanged {} in {:?}", s.created.len(), s.changed.len(), s.unchanged, t.elapsed()), Ok(None) => eprintln!("nothing"), Err(e) => eprintln!("{e:?}") }
}
