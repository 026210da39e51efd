//! What conditions keep.
