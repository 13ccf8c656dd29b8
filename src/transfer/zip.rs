use super::names::{safe_path, unique_name};

/// Files as a zip, stored as they are: manifests are small, and so is this writer. Names are made safe
/// and told apart; the same files give the same bytes.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for (name, text) in files {
        let name = unique_name(&safe_path(name), |n| taken.contains(&n.to_lowercase()));
        taken.push(name.to_lowercase());
        let at = out.len() as u32;
        let mut about = Vec::new();
        // Version 2.0; bit 11: the name is UTF-8; method 0: stored; 1980-01-01 00:00, the format's first day.
        for field in [20u16, 1 << 11, 0, 0, 1 << 5 | 1] {
            about.extend(field.to_le_bytes());
        }
        for field in [crc32(text.as_bytes()), text.len() as u32, text.len() as u32] {
            about.extend(field.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend(0u16.to_le_bytes()); // no extra field
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(20u16.to_le_bytes());
        directory.extend(&about);
        directory.extend([0; 10]); // no comment, first disk, no attributes
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, size, count) = (out.len() as u32, directory.len() as u32, taken.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    for field in [count, count] {
        out.extend(field.to_le_bytes());
    }
    for field in [size, at] {
        out.extend(field.to_le_bytes());
    }
    out.extend(0u16.to_le_bytes());
    out
}

/// The checksum of zip, gzip and Ethernet (ISO 3309), a nibble at a time.
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0u32; 16];
    for (i, entry) in table.iter_mut().enumerate() {
        let bit = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
        *entry = bit(bit(bit(bit(i as u32))));
    }
    let mut crc = u32::MAX;
    for byte in bytes {
        crc = table[((crc ^ u32::from(*byte)) & 15) as usize] ^ (crc >> 4);
        crc = table[((crc ^ u32::from(*byte >> 4)) & 15) as usize] ^ (crc >> 4);
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_standard_one() {
        // The check value of CRC-32/ISO-HDLC in the catalogue of CRC algorithms.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
