//! A text read and lowered, with a look at the places of its errors.

use script::ErrorKind as Kind;

/// What comes of a text, after looking at the places of the errors.
pub(crate) fn read(text: &str) -> Result<usize, Vec<script::Error>> {
    let (ast, mut errors) = script::parse(text);
    let mut count = 0;
    let keys = || {
        count += 1;
        format!("key{count}")
    };
    let columns = vec![("a".to_owned(), "double".to_owned())];
    let project = script::Project {
        endpoint: "http://here/mars/1/".to_owned(),
        name: "sample".to_owned(),
        tables: [("test_mars".to_owned(), columns)].into(),
    };
    let cell = script::Cell { ast: &ast, seed: 0 };
    let lowered = match errors.is_empty() {
        true => script::lower(&[], cell, &project, keys).map_err(|error| errors.push(error)),
        false => Err(()),
    };
    for error in &errors {
        let at = error.at;
        assert!(at.start <= at.end && at.end <= text.len(), "{error:?}");
        assert!(
            text.is_char_boundary(at.start) && text.is_char_boundary(at.end),
            "{error:?}"
        );
        let before = text.get(..at.start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        assert_eq!(at.line as usize, line, "{error:?} in {text:?}");
        assert!(at.column >= 1, "{error:?}");
    }
    lowered
        .map(|lowered| lowered.graph.len())
        .map_err(|()| errors)
}

/// The first thing that is wrong with a text.
pub(crate) fn wrong(text: &str) -> Kind {
    match read(text) {
        Err(errors) => errors.into_iter().next().expect("an error").kind,
        Ok(_) => panic!("{text:?} is taken"),
    }
}
