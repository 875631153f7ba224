//! JSON in less room: names of members and strings stand once. Pure.
//!
//! In a packed value a string is the number `-1 - i` for the `i`th string, a
//! list is `[0, ...]`, and an object is `[1 + k, ...]` with the values of the
//! names in the `k`th shape. No number may be negative, which none of the
//! contract is.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What packed values refer to.
#[derive(Default)]
pub(super) struct Packer {
    strings: Vec<String>,
    known: BTreeMap<String, usize>,
    shapes: Vec<Vec<String>>,
}

impl Packer {
    /// Packs a value. Depth is that of the value.
    pub(super) fn pack(&mut self, value: Value) -> Value {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                let packed = items.into_iter().map(|item| self.pack(item));
                Value::Array(std::iter::once(json!(0)).chain(packed).collect())
            }
            Value::Object(members) => {
                let shape = self.shape(&members);
                let mut packed = vec![json!(1 + shape)];
                packed.extend(members.into_iter().map(|(_, value)| self.pack(value)));
                Value::Array(packed)
            }
            value => value,
        }
    }

    fn string(&mut self, text: String) -> Value {
        let next = self.strings.len();
        let index = *self.known.entry(text).or_insert_with_key(|text| {
            self.strings.push(text.clone());
            next
        });
        json!(-1 - i64::try_from(index).unwrap_or(i64::MAX - 1))
    }

    fn shape(&mut self, members: &Map<String, Value>) -> usize {
        let same = |shape: &Vec<String>| shape.iter().eq(members.keys());
        self.shapes.iter().position(same).unwrap_or_else(|| {
            self.shapes.push(members.keys().cloned().collect());
            self.shapes.len() - 1
        })
    }

    /// What the page's script unpacks with.
    pub(super) fn finish(self, root: Value, look: Value) -> Value {
        json!({"shapes": self.shapes, "strings": self.strings, "root": root, "look": look})
    }
}

/// The inverse, as the script does it.
#[cfg(test)]
pub(super) fn unpack(whole: &Value, value: &Value) -> Value {
    match value {
        Value::Array(items) => match items[0].as_u64().expect("a list begins with its shape") {
            0 => items[1..].iter().map(|item| unpack(whole, item)).collect(),
            shape => {
                let names = whole["shapes"][shape as usize - 1]
                    .as_array()
                    .expect("a shape");
                let values = items[1..].iter().map(|item| unpack(whole, item));
                let names = names.iter().map(|n| n.as_str().expect("a name").to_owned());
                Value::Object(names.zip(values).collect())
            }
        },
        Value::Number(number) => match number.as_i64() {
            Some(index) if index < 0 => whole["strings"][(-1 - index) as usize].clone(),
            _ => value.clone(),
        },
        value => value.clone(),
    }
}
