//! Images of spaces and venues ↔ their rows, and the bytes of their files. Only [`file`], [`copy`] and [`next_file`] read bytes.

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{image_files, space_images},
    spaces::{column, count},
};
use crate::domain::{
    ids::{ImageId, SpaceId, VenueId},
    image::{Image, Size},
    instant::Instant,
    places::Of,
};

/// One size of an image with its bytes, a JPEG.
#[derive(Debug, Clone)]
pub struct File {
    pub size: Size,
    pub bytes: Vec<u8>,
}

type Subject = (Option<VenueId>, Option<SpaceId>);
type Row = (Subject, ImageId, Option<String>, Option<String>, i64, i32, i32, String);

const fn columns(of: Of) -> Subject {
    match of {
        Of::Venue(venue) => (Some(venue), None),
        Of::Space(space) => (None, Some(space)),
    }
}

fn subject(columns: Subject) -> Result<Of, StoreError> {
    match columns {
        (Some(venue), None) => Ok(Of::Venue(venue)),
        (None, Some(space)) => Ok(Of::Space(space)),
        _ => Err(StoreError::corrupt("image", "not of one venue or space")),
    }
}

/// The images of a venue or a space, in their order.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx, of: Of) -> Result<Vec<Image>, StoreError> {
    let found = match of {
        Of::Venue(venue) => of_venues(tx, &[venue])?.into_iter().map(|(_, image)| image).collect(),
        Of::Space(space) => of_spaces(tx, &[space])?.into_iter().map(|(_, image)| image).collect(),
    };
    Ok(found)
}

/// The images of these venues, by venue and in their order.
///
/// # Errors
/// When the database fails.
pub fn of_venues(tx: &mut ReadTx, venues: &[VenueId]) -> Result<Vec<(VenueId, Image)>, StoreError> {
    let found = of_any(tx, Any::Venues(venues))?.into_iter();
    Ok(found.filter_map(|((venue, _), image)| Some((venue?, image))).collect())
}

/// The images of these spaces, by space and in their order.
///
/// # Errors
/// When the database fails.
pub fn of_spaces(tx: &mut ReadTx, spaces: &[SpaceId]) -> Result<Vec<(SpaceId, Image)>, StoreError> {
    let found = of_any(tx, Any::Spaces(spaces))?.into_iter();
    Ok(found.filter_map(|((_, space), image)| Some((space?, image))).collect())
}

enum Any<'a> {
    Venues(&'a [VenueId]),
    Spaces(&'a [SpaceId]),
}

fn of_any(tx: &mut ReadTx, any: Any<'_>) -> Result<Vec<(Subject, Image)>, StoreError> {
    let all = space_images::table.inner_join(image_files::table).into_boxed();
    let asked = match any {
        Any::Venues(ids) => all.filter(space_images::venue_id.eq_any(ids.to_vec())),
        Any::Spaces(ids) => all.filter(space_images::space_id.eq_any(ids.to_vec())),
    };
    let rows = asked
        .order((
            space_images::venue_id,
            space_images::space_id,
            space_images::position,
            space_images::id,
            image_files::width,
        ))
        .select((
            (space_images::venue_id, space_images::space_id),
            space_images::id,
            space_images::alt_sl,
            space_images::alt_en,
            space_images::version,
            image_files::width,
            image_files::height,
            image_files::digest,
        ))
        .load::<Row>(&mut tx.connection)?;
    let mut images: Vec<(Subject, Image)> = Vec::new();
    for (of, id, alt_sl, alt_en, version, width, height, digest) in rows {
        let size = Size { width: count(width)?, height: count(height)?, digest };
        match images.last_mut().filter(|(_, last)| last.id == id) {
            Some((_, last)) => last.sizes.push(size),
            None => images.push((of, Image { id, alt_sl, alt_en, version, sizes: vec![size] })),
        }
    }
    Ok(images)
}

/// Puts an image at a position that no other has. The caller holds `locks::edit_venue` and touches the venue.
///
/// # Errors
/// When the database fails.
pub fn insert(
    tx: &mut WriteTx,
    of: Of,
    (position, image): (usize, &Image),
    files: &[File],
    now: Instant,
) -> Result<(), StoreError> {
    let (venue, space) = columns(of);
    diesel::insert_into(space_images::table)
        .values((
            space_images::id.eq(image.id),
            space_images::venue_id.eq(venue),
            space_images::space_id.eq(space),
            space_images::position.eq(place(position)),
            space_images::alt_sl.eq(&image.alt_sl),
            space_images::alt_en.eq(&image.alt_en),
            space_images::version.eq(image.version),
            space_images::created_at.eq(now),
        ))
        .execute(&mut tx.connection)?;
    for File { size, bytes } in files {
        diesel::insert_into(image_files::table)
            .values((
                image_files::image_id.eq(image.id),
                image_files::width.eq(column(size.width)),
                image_files::height.eq(column(size.height)),
                image_files::digest.eq(&size.digest),
                image_files::bytes.eq(bytes),
            ))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

fn place(position: usize) -> i32 {
    column(u32::try_from(position).unwrap_or(u32::MAX))
}

/// Writes an image's texts, version and position; as [`insert`].
///
/// # Errors
/// When the database fails.
pub fn update(tx: &mut WriteTx, position: usize, image: &Image) -> Result<(), StoreError> {
    diesel::update(space_images::table.find(image.id))
        .set((
            space_images::position.eq(place(position)),
            space_images::alt_sl.eq(&image.alt_sl),
            space_images::alt_en.eq(&image.alt_en),
            space_images::version.eq(image.version),
        ))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Takes an image away with its bytes; as [`insert`].
///
/// # Errors
/// When the database fails.
pub fn delete(tx: &mut WriteTx, id: ImageId) -> Result<(), StoreError> {
    diesel::delete(image_files::table.filter(image_files::image_id.eq(id))).execute(&mut tx.connection)?;
    diesel::delete(space_images::table.find(id)).execute(&mut tx.connection)?;
    Ok(())
}

/// Gives `to`, which has none, a copy of an image; as [`insert`].
///
/// # Errors
/// When the database fails.
pub fn copy(
    tx: &mut WriteTx,
    original: ImageId,
    to: SpaceId,
    copy: (usize, &Image),
    now: Instant,
) -> Result<(), StoreError> {
    let rows = image_files::table
        .filter(image_files::image_id.eq(original))
        .order(image_files::width)
        .select((image_files::width, image_files::height, image_files::digest, image_files::bytes))
        .load::<(i32, i32, String, Vec<u8>)>(&mut tx.connection)?;
    let files = rows.into_iter().map(|(width, height, digest, bytes)| {
        Ok(File { size: Size { width: count(width)?, height: count(height)?, digest }, bytes })
    });
    let files = files.collect::<Result<Vec<_>, StoreError>>()?;
    insert(tx, Of::Space(to), copy, &files, now)
}

/// The bytes behind an address. Copies have the same.
///
/// # Errors
/// When the database fails.
pub fn file(tx: &mut ReadTx, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let with_digest = image_files::table.filter(image_files::digest.eq(digest)).select(image_files::bytes);
    Ok(with_digest.first(&mut tx.connection).optional()?)
}

/// Every image with what it is of and its position, by these; for `prostor check`.
///
/// # Errors
/// When the database fails.
pub fn positions(tx: &mut ReadTx) -> Result<Vec<(Of, i32, ImageId)>, StoreError> {
    let rows = space_images::table
        .order((space_images::venue_id, space_images::space_id, space_images::position, space_images::id))
        .select(((space_images::venue_id, space_images::space_id), space_images::position, space_images::id))
        .load::<(Subject, i32, ImageId)>(&mut tx.connection)?;
    rows.into_iter().map(|(of, position, image)| Ok((subject(of)?, position, image))).collect()
}

/// A file: of which image, how wide, its digest and its bytes.
pub type Stored = (ImageId, i32, String, Vec<u8>);

/// The first file after these; for `prostor check`, which reads one at a time.
///
/// # Errors
/// When the database fails.
pub fn next_file(tx: &mut ReadTx, after: Option<(ImageId, i32)>) -> Result<Option<Stored>, StoreError> {
    let mut files = image_files::table.into_boxed();
    if let Some((image, width)) = after {
        let later = image_files::image_id.eq(image).and(image_files::width.gt(width));
        files = files.filter(image_files::image_id.gt(image).or(later));
    }
    Ok(files
        .order((image_files::image_id, image_files::width))
        .select((image_files::image_id, image_files::width, image_files::digest, image_files::bytes))
        .first(&mut tx.connection)
        .optional()?)
}
