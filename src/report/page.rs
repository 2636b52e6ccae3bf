//! What the report is made of (sections of texts, tables and charts) and how it becomes one HTML file: one template
//! that escapes everything, one style sheet inside, no script, nothing loaded from anywhere.

use std::sync::LazyLock;

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use minijinja::{AutoEscape, Environment, Value, context, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use super::words::Words;
use crate::app::error::Error;

const STYLE: &str = include_str!("report.css");

/// What a browser may do with the file, wherever it lies: apply its own style (CSP 3, by its hash), nothing else.
pub static CONTENT_POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
});

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    // Lines of block tags alone leave nothing behind.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.expect("the delimiters are the common ones"));
    templates.add_template("report", include_str!("report.html")).expect("the embedded template is tested");
    templates
});

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Page {
    pub cover: Cover,
    pub sections: Vec<Section>,
}

/// The first page.
#[derive(Debug, Serialize)]
pub struct Cover {
    pub network: String,
    pub title: String,
    pub lines: Vec<String>,
    /// What must not be overlooked: that the year is not over.
    pub warning: Option<String>,
}

/// A chapter, beginning a page.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Where links lead.
    pub id: String,
    pub title: String,
    /// Part of the chapter before: indented in the table of contents.
    pub nested: bool,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Heading { text: String },
    Paragraph { text: String },
    Warning { text: String },
    Table(Table),
    Chart(Chart),
}

impl Block {
    pub fn paragraph(text: String) -> Self {
        Self::Paragraph { text }
    }

    pub fn heading(text: String) -> Self {
        Self::Heading { text }
    }
}

/// A drawing with what stands for it.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    pub id: String,
    pub title: String,
    /// What it shows, for who does not see it.
    pub description: String,
    pub width: u32,
    pub height: u32,
    /// Elements of SVG, escaped by the library that drew them.
    pub drawing: String,
    /// The same numbers, to be opened; `None` where a table stands beside the chart.
    pub numbers: Option<Table>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Column {
    pub name: String,
    /// The figure it is defined as in the method.
    pub definition: Option<String>,
    pub text: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Where links lead.
    pub id: Option<String>,
    pub cells: Vec<Cell>,
    pub total: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    pub text: String,
    /// The value as the API has it.
    pub value: Option<f64>,
    pub hidden: bool,
    /// A figure that is named here, defined in the method.
    pub definition: Option<String>,
    /// What is counted, below the number.
    pub unit: Option<String>,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: None, hidden: false, definition: None, unit: None }
    }

    pub fn value(text: String, value: f64) -> Self {
        Self { value: Some(value), ..Self::text(text) }
    }

    pub fn hidden(text: String) -> Self {
        Self { hidden: true, ..Self::text(text) }
    }

    /// A figure's name, which leads to its definition.
    pub fn figure(words: Words, name: &str) -> Self {
        Self { definition: Some(name.to_owned()), ..Self::text(words.column(name)) }
    }

    pub fn of(self, unit: String) -> Self {
        Self { unit: Some(unit), ..self }
    }
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { id: None, cells, total: false }
    }

    pub fn total(cells: Vec<Cell>) -> Self {
        Self { id: None, cells, total: true }
    }
}

impl Column {
    /// Of texts, by a name of the report's own.
    pub fn text(name: String) -> Self {
        Self { name, definition: None, text: true }
    }

    pub fn number(name: String) -> Self {
        Self { name, definition: None, text: false }
    }

    /// A figure, defined in the method.
    pub fn figure(words: Words, name: &str) -> Self {
        Self { name: words.column(name), definition: Some(name.to_owned()), text: false }
    }
}

impl Table {
    /// With what must be said where some of it is hidden.
    pub fn with_note_of_hidden(mut self, words: Words) -> Self {
        if self.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.hidden) {
            self.notes.push(words.say("report-note-hidden"));
        }
        self
    }
}

/// The file.
///
/// # Errors
/// `internal` when the template fails.
pub fn render(page: &Page, words: Words) -> Result<String, Error> {
    let say = Value::from_function(move |key: &str| words.say(key));
    let context = context! {
        page => Value::from(Serde(page)),
        locale => words.0.tag(),
        policy => CONTENT_POLICY.as_str(),
        style => STYLE,
        say,
    };
    let html = TEMPLATES.get_template("report").and_then(|template| template.render(context));
    html.map_err(|error| Error::Broken(error.to_string()))
}
