//! Bytes to characters, as a browser would: byte order mark, then what the page says of itself, then detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use regex::bytes::Regex;
use std::sync::LazyLock;

use crate::limits::META_PRESCAN;

static CHARSET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i-u)<meta[^>]{0,400}?charset\s*=\s*["']?\s*([a-z0-9_.:-]{1,40})"#).ok());

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_PRESCAN).unwrap_or(bytes);
    let label = CHARSET.as_ref()?.captures(head)?.get(1)?.as_bytes();
    let encoding = Encoding::for_label(label)?;
    // A page whose `<meta>` could be read as ASCII is not UTF-16, whatever it says (WHATWG prescan, step 15).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The characters of `bytes`. What cannot be decoded becomes U+FFFD. A page that says it is UTF-8 and is not
/// is read as what it looks like.
#[must_use]
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    let encoding = match (std::str::from_utf8(bytes), declared(bytes)) {
        (Ok(text), None) => return text.to_owned(),
        (Ok(text), Some(encoding)) if encoding == UTF_8 || encoding == WINDOWS_1252 => {
            return text.to_owned();
        }
        (_, Some(encoding)) if encoding != UTF_8 => encoding,
        _ => detected(bytes),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn decodes_as_a_browser_would() {
        assert_eq!(decode("Kyiv – 40".as_bytes()), "Kyiv – 40");
        assert_eq!(decode(b"\xef\xbb\xbfhi"), "hi");
        assert_eq!(decode(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(
            decode(b"<meta charset=windows-1251><p>\xca\xe8\xe5\xe2"),
            "<meta charset=windows-1251><p>Киев"
        );
        assert_eq!(decode(b"<meta charset=utf-8><p>caf\xe9 au lait"), "<meta charset=utf-8><p>café au lait");
    }
}
