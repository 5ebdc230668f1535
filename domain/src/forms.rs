//! Types whose JSON a binary format cannot carry. For people and scripts they are written as ever; in binary formats, which
//! say nothing about themselves and need every field in its place, as their plain definition.

/// The serialization of `$name`: as `$text` in formats that people read, as `$binary` in others. Both are remote derives.
macro_rules! two_forms {
    ($name:ty, $text:ident, $binary:ident) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    $text::serialize(self, serializer)
                } else {
                    $binary::serialize(self, serializer)
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    $text::deserialize(deserializer)
                } else {
                    $binary::deserialize(deserializer)
                }
            }
        }
    };
}

/// Defines an enum whose JSON is an object that tells the variant in a field of that name.
macro_rules! tagged {
    (
        $tag:literal,
        $(#[$meta:meta])*
        pub enum $name:ident { $($variants:tt)* }
    ) => {
        $(#[$meta])*
        pub enum $name { $($variants)* }

        const _: () = {
            type Remote = $name;

            $(#[$meta])*
            #[derive(::serde::Serialize, ::serde::Deserialize)]
            #[serde(remote = "Remote", tag = $tag, rename_all = "snake_case")]
            enum Tagged { $($variants)* }

            $(#[$meta])*
            #[derive(::serde::Serialize, ::serde::Deserialize)]
            #[serde(remote = "Remote")]
            enum Plain { $($variants)* }

            $crate::forms::two_forms!($name, Tagged, Plain);
        };
    };
}

/// Defines a struct whose JSON has the fields of its first field among its own.
macro_rules! flattened {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $(#[$first_meta:meta])*
            pub $first:ident: $first_type:ty,
            $($(#[$field_meta:meta])* pub $field:ident: $field_type:ty,)*
        }
    ) => {
        $(#[$meta])*
        pub struct $name {
            $(#[$first_meta])*
            pub $first: $first_type,
            $($(#[$field_meta])* pub $field: $field_type,)*
        }

        const _: () = {
            type Remote = $name;

            #[derive(::serde::Serialize, ::serde::Deserialize)]
            #[serde(remote = "Remote")]
            struct Flat {
                #[serde(flatten)]
                $first: $first_type,
                $($field: $field_type,)*
            }

            #[derive(::serde::Serialize, ::serde::Deserialize)]
            #[serde(remote = "Remote")]
            struct Plain {
                $first: $first_type,
                $($field: $field_type,)*
            }

            $crate::forms::two_forms!($name, Flat, Plain);
        };
    };
}

pub(crate) use {flattened, tagged, two_forms};

#[cfg(test)]
pub(crate) mod tests;
