//! Images of spaces and venues: each has its files, whose bytes are what their addresses say, and a place of its own in the order.

use std::collections::HashSet;

use super::Report;
use crate::{
    app::{error::Error, places::images::decoding::digest_of},
    domain::{ids::ImageId, places::Of},
    store::{db::ReadTx, images},
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    let all = images::positions(tx)?;
    let mut with_files: HashSet<ImageId> = HashSet::new();
    let mut last = None;
    while let Some((image, width, digest, bytes)) = images::next_file(tx, last)? {
        last = Some((image, width));
        with_files.insert(image);
        if digest_of(&bytes) != digest {
            report.find(format!("the file of {image} that is {width} wide is not the one of its address"));
        }
    }
    let mut next: Option<(Of, i32)> = None;
    for (of, position, image) in &all {
        let due = next.filter(|(known, _)| known == of).map_or(0, |(_, due)| due);
        if *position != due {
            report.find(format!("{image} is at {position} among the images of {of}, not at {due}"));
        }
        next = Some((*of, position + 1));
        if !with_files.remove(image) {
            report.find(format!("{image} of {of} has no files"));
        }
    }
    for image in with_files {
        report.find(format!("there are files of {image}, which is no image"));
    }
    Ok(())
}
