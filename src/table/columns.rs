//! The columns of a table as they grow, and the types that they have.

use std::sync::Arc;

use arrow_array::builder::{LargeListBuilder, LargeStringBuilder};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int8Array, Int64Array,
    LargeStringArray, RecordBatch, StringArray, TimestampSecondArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use jiff::civil::{Date, DateTime};

/// The columns of a table as they grow. A column that `required` was called for has a value in every row.
#[derive(Default)]
pub struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    fn push(mut self, name: &str, array: ArrayRef) -> Self {
        self.fields.push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }

    /// Marks the column just added as one that has a value in every row.
    pub fn required(mut self) -> Self {
        if let Some(field) = self.fields.pop() {
            self.fields.push(field.with_nullable(false));
        }
        self
    }

    /// Free text.
    pub fn text<'a>(self, name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Self {
        self.push(name, Arc::new(values.collect::<LargeStringArray>()))
    }

    /// One of the few names in `all`: a dictionary that is the same in every batch.
    pub fn label(
        self,
        name: &str,
        all: impl Iterator<Item = &'static str>,
        values: impl Iterator<Item = Option<&'static str>>,
    ) -> Self {
        let all: Vec<&str> = all.collect();
        let key = |value: Option<&str>| {
            let place = all.iter().position(|name| Some(*name) == value)?;
            i8::try_from(place).ok()
        };
        let keys: Int8Array = values.map(key).collect();
        let names = Arc::new(StringArray::from_iter_values(&all));
        // A key is a place in `all`: none is out of bounds.
        self.push(name, Arc::new(DictionaryArray::new(keys, names)))
    }

    /// Lists of texts.
    pub fn texts<'a>(self, name: &str, values: impl Iterator<Item = &'a [String]>) -> Self {
        let mut lists = LargeListBuilder::new(LargeStringBuilder::new());
        values.for_each(|list| lists.append_value(list.iter().map(Some)));
        self.push(name, Arc::new(lists.finish()))
    }

    /// Whole numbers.
    pub fn whole(self, name: &str, values: impl Iterator<Item = Option<usize>>) -> Self {
        let numbers = values.map(|value| value.and_then(|value| i64::try_from(value).ok()));
        self.push(name, Arc::new(numbers.collect::<Int64Array>()))
    }

    /// Numbers.
    pub fn number(self, name: &str, values: impl Iterator<Item = Option<f64>>) -> Self {
        self.push(name, Arc::new(values.collect::<Float64Array>()))
    }

    /// Yes or no.
    pub fn flag(self, name: &str, values: impl Iterator<Item = Option<bool>>) -> Self {
        self.push(name, Arc::new(values.collect::<BooleanArray>()))
    }

    /// Days.
    pub fn day(self, name: &str, values: impl Iterator<Item = Option<Date>>) -> Self {
        let days = values.map(|day| seconds(day?.to_datetime(jiff::civil::Time::midnight())));
        let days = days.map(|seconds| i32::try_from(seconds?.div_euclid(86_400)).ok());
        self.push(name, Arc::new(days.collect::<Date32Array>()))
    }

    /// Moments of the calendar without a zone, in seconds; those outside the years 1 to 9999 are left out.
    pub fn moment(self, name: &str, values: impl Iterator<Item = Option<DateTime>>) -> Self {
        let moments = values.map(|at| seconds(at?));
        self.push(name, Arc::new(moments.collect::<TimestampSecondArray>()))
    }

    /// The columns as one batch.
    pub fn finish(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.arrays)
    }
}

/// Seconds from 1970 to `at`, both taken as they are on the calendar; None before the year 1.
fn seconds(at: DateTime) -> Option<i64> {
    let at = Some(at).filter(|at| at.year() >= 1)?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(at.timestamp().as_second())
}
