//! Discord's published description of its interface, and whether a request keeps to it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::Mutex;

use convener::sandbox::Recorded;
use jsonschema::Validator;
use serde_json::Value;
use serde_json::json;

use super::limits;

/// Where the description is, seen from the crate. It is not ours, so it is not kept with us.
const PUBLISHED: &str = "../shared/discord-openapi.json";

static CONTRACT: LazyLock<Option<Contract>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PUBLISHED);
    match std::fs::read(&path) {
        Ok(text) => Some(Contract::new(serde_json::from_slice(&text).unwrap())),
        Err(error) => {
            say(&format!(
                "requests are not checked against Discord's schema: {PUBLISHED}: {error}"
            ));
            None
        }
    }
});

#[expect(clippy::print_stderr, reason = "a skipped check must be seen")]
fn say(reason: &str) {
    eprintln!("{reason}");
}

/// The description, unless the file is missing, which is said once.
pub(crate) fn contract() -> Option<&'static Contract> {
    CONTRACT.as_ref()
}

/// The description of Discord's interface, with what it takes to check a request by it.
pub(crate) struct Contract {
    paths: Vec<Template>,
    components: Value,
    /// Compiled when first needed, which takes about 10 ms each.
    compiled: Mutex<BTreeMap<String, Arc<Validator>>>,
}

/// A path with its open places, and what can be done at it.
struct Template {
    steps: Vec<String>,
    described: Value,
}

impl Contract {
    fn new(mut published: Value) -> Self {
        let described = published["paths"].take();
        let paths = described.as_object().unwrap().iter().map(|(path, described)| Template {
            steps: path.split('/').map(str::to_owned).collect(),
            described: described.clone(),
        });
        Self {
            paths: paths.collect(),
            components: published["components"].take(),
            compiled: Mutex::default(),
        }
    }

    /// The name of the operation that a request is, or all that is wrong with it.
    pub(crate) fn check(&self, request: &Recorded) -> Result<String, Vec<String>> {
        let steps: Vec<&str> = request.path.split('/').collect();
        let template = self.template(&steps).ok_or_else(|| vec!["there is no such path".into()])?;
        let operation = &template.described[request.method.to_lowercase()];
        let Some(name) = operation["operationId"].as_str() else {
            return Err(vec![format!("{} cannot be asked there", request.method)]);
        };
        let mut wrong = self.wrong_in_path(template, operation, &steps);
        wrong.extend(self.wrong_in_query(template, operation, &request.query));
        wrong.extend(self.wrong_in_body(name, operation, request));
        wrong.extend(request.body.as_ref().into_iter().flat_map(limits::broken));
        wrong.extend(request.body.iter().flat_map(|body| limits::in_files(body, request.files)));
        if wrong.is_empty() { Ok(name.to_owned()) } else { Err(wrong) }
    }

    /// The path that fits with the most of it spelled out: `@original` before any `{message_id}`.
    fn template(&self, steps: &[&str]) -> Option<&Template> {
        let fitting = self.paths.iter().filter(|template| {
            template.steps.len() == steps.len()
                && template
                    .steps
                    .iter()
                    .zip(steps)
                    .all(|(open, step)| is_open(open) || open == step)
        });
        fitting.min_by_key(|template| template.steps.iter().filter(|step| is_open(step)).count())
    }

    fn wrong_in_path(&self, template: &Template, operation: &Value, steps: &[&str]) -> Vec<String> {
        let open = template.steps.iter().zip(steps).filter(|(open, _)| is_open(open));
        let checked = open.map(|(open, step)| {
            let name = open.trim_matches(['{', '}']);
            let parameter = parameters(template, operation, "path").find(|p| p["name"] == name);
            let parameter = parameter.ok_or_else(|| format!("the path says nothing of {name}"))?;
            self.fits_parameter(parameter, step)
        });
        checked.filter_map(Result::err).collect()
    }

    fn wrong_in_query(&self, template: &Template, operation: &Value, query: &str) -> Vec<String> {
        let said: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let known: Vec<&Value> = parameters(template, operation, "query").collect();
        let checked = said.iter().map(|(name, value)| {
            let parameter = known.iter().find(|parameter| parameter["name"] == name.as_str());
            let parameter = parameter.ok_or_else(|| format!("the query knows no {name}"))?;
            self.fits_parameter(parameter, value)
        });
        let mut wrong: Vec<String> = checked.filter_map(Result::err).collect();
        let needed = known.iter().filter(|parameter| parameter["required"] == true);
        let missing = needed
            .filter(|parameter| !said.iter().any(|(name, _)| parameter["name"] == name.as_str()));
        wrong.extend(missing.map(|parameter| format!("the query needs {}", parameter["name"])));
        wrong
    }

    fn wrong_in_body(&self, name: &str, operation: &Value, request: &Recorded) -> Vec<String> {
        let wanted = &operation["requestBody"];
        let kind = if request.files > 0 { "multipart/form-data" } else { "application/json" };
        let Some(body) = &request.body else {
            return if wanted["required"] == true {
                vec!["a body is needed".into()]
            } else {
                vec![]
            };
        };
        let Some(schema) = wanted["content"].get(kind).and_then(|content| content.get("schema"))
        else {
            return vec![format!("{name} takes no {kind}")];
        };
        let validator = self.validator(&format!("{name} {kind}"), schema);
        validator.iter_errors(body).map(|error| described(&error)).collect()
    }

    /// Whether a word fits a parameter, read as the parameter's kind of value.
    fn fits_parameter(&self, parameter: &Value, word: &str) -> Result<(), String> {
        let schema = &parameter["schema"];
        let validator = self.validator(&format!("parameter {schema}"), schema);
        let read = serde_json::from_str(word).ok();
        let fits = validator.is_valid(&json!(word)) || read.is_some_and(|v| validator.is_valid(&v));
        if fits { Ok(()) } else { Err(format!("{} cannot be \"{word}\"", parameter["name"])) }
    }

    fn validator(&self, key: &str, schema: &Value) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap();
        let known = compiled.entry(key.to_owned()).or_insert_with(|| {
            let whole = json!({ "allOf": [schema], "components": self.components });
            Arc::new(jsonschema::draft202012::new(&whole).unwrap())
        });
        Arc::clone(known)
    }
}

fn is_open(step: &str) -> bool {
    step.starts_with('{')
}

/// What a path and an operation say of the words in the path or in the query.
fn parameters<'a>(
    template: &'a Template,
    operation: &'a Value,
    place: &'a str,
) -> impl Iterator<Item = &'a Value> {
    let of_both = [&template.described["parameters"], &operation["parameters"]];
    let all = of_both.into_iter().filter_map(Value::as_array).flatten();
    all.filter(move |parameter| parameter["in"] == place)
}

fn described(error: &jsonschema::ValidationError) -> String {
    format!("{}: {error}", error.instance_path())
}
