//! The form in which texts are compared, sorted and searched.

/// Reduces a text to what people mean when they search for it.
///
/// - Letters become small, one by one, so that a word folds alike wherever it stands (the Greek final sigma too).
/// - Latin letters lose their marks and become ASCII: `é` → `e`, `ł` → `l`, `ø` → `o`, `đ` → `d`; some become two:
///   `ß` → `ss`, `æ` → `ae`, `œ` → `oe`, `þ` → `th`. Covered are Latin-1, Latin Extended-A, and the letters of
///   Romanian, Vietnamese and Pinyin beyond them.
/// - Combining marks of U+0300 to U+036F go, so that composed and decomposed letters fold alike.
/// - Runs of white space and control characters become one space; none is left at the ends.
///
/// Other scripts keep their letters. Folding twice changes nothing. The database holds folded copies in its `*_search`
/// columns and never folds by itself; who changes this function must fill those columns anew in a migration.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = !folded.is_empty();
        } else if c.is_ascii() {
            close_gap(&mut folded, &mut gap);
            folded.push(c.to_ascii_lowercase());
        } else {
            for c in c.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                close_gap(&mut folded, &mut gap);
                match plain_latin(c) {
                    Some(plain) => folded.push_str(plain),
                    None => folded.push(c),
                }
            }
        }
    }
    folded
}

fn close_gap(folded: &mut String, gap: &mut bool) {
    if std::mem::take(gap) {
        folded.push(' ');
    }
}

fn is_combining_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// What a small letter becomes, where it does not stay as it is.
#[rustfmt::skip]
fn plain_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ª'
            | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ' | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẳ' | 'ẵ' | 'ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ỉ' | 'ị' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ŉ' => "'n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | 'º'
            | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ' | 'ỗ' | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ'
            | 'ụ' | 'ủ' | 'ứ' | 'ừ' | 'ử' | 'ữ' | 'ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Łódź ŻÓŁW", "lodz zolw")]
    #[case("Straße STRAẞE", "strasse strasse")]
    #[case("İstanbul ISPARTA ılık", "istanbul isparta ilik")]
    #[case("Åse Ærø ĐORĐE Þór", "ase aero dorde thor")]
    #[case("e\u{301}te\u{301}", "ete")]
    #[case("ΟΔΟΣ ΟΔΟΣΑ", "οδοσ οδοσα")]
    #[case("МОСКВА", "москва")]
    #[case("Đặng Thị Hồng", "dang thi hong")]
    #[case("東京  Büro", "東京 buro")]
    #[case("\t a\u{a0}\u{2003}b\0c\n", "a b c")]
    #[case(" \u{301} ", "")]
    #[case("a \u{301} b", "a b")]
    #[case("100%_\\'\"", "100%_\\'\"")]
    #[case("👩\u{200D}⚕️", "👩\u{200D}⚕️")]
    #[case("שלום عليكم", "שלום عليكم")]
    fn texts_fold_to_what_people_search_for(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn every_letter_of_latin_1_and_extended_a_becomes_ascii() {
        let stays = |c: &char| ['×', '÷'].contains(c);
        for c in ('À'..='ſ').filter(|c| !stays(c)) {
            assert!(fold(&c.to_string()).is_ascii(), "{c}");
        }
    }

    #[test]
    fn every_character_is_folded_once_and_for_all() {
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
