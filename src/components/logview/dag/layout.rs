//! Where the stages of a plan are drawn: in layers, each below what it reads.
//!
//! Edges come from the names: `J3_1_2` is stage 3 and reads 1 and 2. Stages are numbered in the order
//! of the data, so an edge that does not go upwards in number is no edge, and there are no circles.

use std::collections::BTreeMap;

use odps::instances::inputs;

/// More stages than these are no picture any more.
pub const MOST: usize = 200;

/// The size of a box and of the gaps between boxes, in pixels.
pub const BOX: (u32, u32) = (112, 30);
const GAP: (u32, u32) = (20, 34);

/// Boxes and the lines between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The left upper corner of each stage's box, in the order of the names.
    pub boxes: Vec<(u32, u32)>,
    /// From what is read to what reads it.
    pub lines: Vec<(usize, usize)>,
    /// Of the whole.
    pub width: u32,
    /// Of the whole.
    pub height: u32,
}

/// Draws; nothing where the names tell no line, or there are too many.
pub fn layout(names: &[&str]) -> Option<Drawing> {
    let lines = lines(names);
    if lines.is_empty() || names.len() > MOST {
        return None;
    }
    let layers = layers(names.len(), &lines);
    let ordered = order(&layers, &lines);
    let wide = ordered.iter().map(Vec::len).max().unwrap_or(1);
    let pitch = BOX.0 + GAP.0;
    let size = |count: usize, each: u32, gap: u32| {
        u32::try_from(count).unwrap_or(1).saturating_mul(each + gap) - gap
    };
    let width = size(wide, BOX.0, GAP.0);
    let mut boxes = vec![(0, 0); names.len()];
    for (y, layer) in (0_u32..).zip(&ordered) {
        let margin = (width - size(layer.len(), BOX.0, GAP.0)) / 2;
        for (x, stage) in (0_u32..).zip(layer) {
            boxes[*stage] = (margin + x * pitch, y * (BOX.1 + GAP.1));
        }
    }
    Some(Drawing {
        boxes,
        lines,
        width,
        height: size(ordered.len(), BOX.1, GAP.1),
    })
}

fn lines(names: &[&str]) -> Vec<(usize, usize)> {
    let read: Vec<_> = names.iter().map(|name| inputs(name)).collect();
    let mut places = BTreeMap::new();
    for (at, stage) in read.iter().enumerate() {
        if let Some((number, _)) = stage {
            // Of two jobs that number alike, the first keeps its number.
            places.entry(*number).or_insert(at);
        }
    }
    let mut lines = Vec::new();
    for (to, stage) in read.iter().enumerate() {
        let Some((number, inputs)) = stage else {
            continue;
        };
        for input in inputs.iter().filter(|input| *input < number) {
            if let Some(from) = places.get(input) {
                lines.push((*from, to));
            }
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The layer of each stage: one below the lowest that it reads.
fn layers(count: usize, lines: &[(usize, usize)]) -> Vec<usize> {
    let mut layers = vec![0; count];
    // Without circles no path is longer than the stages are many.
    for _ in 0..count {
        let mut changed = false;
        for (from, to) in lines {
            if layers[*to] <= layers[*from] {
                layers[*to] = layers[*from] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    layers
}

/// The stages of each layer, those beside each other that read what is beside each other.
fn order(layers: &[usize], lines: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let depth = layers.iter().max().map_or(0, |deepest| deepest + 1);
    let mut ordered: Vec<Vec<usize>> = vec![Vec::new(); depth];
    for (stage, layer) in layers.iter().enumerate() {
        ordered[*layer].push(stage);
    }
    let mut place = vec![0_usize; layers.len()];
    for layer in &mut ordered {
        layer.sort_by_key(|stage| {
            let above = lines.iter().filter(|(_, to)| to == stage);
            let (sum, count) = above.fold((0, 0), |(sum, count), (from, _)| {
                (sum + place[*from] * 1000, count + 1)
            });
            (sum / count.max(1), *stage)
        });
        for (at, stage) in layer.iter().enumerate() {
            place[*stage] = at;
        }
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::{BOX, MOST, layout};

    #[test]
    fn a_join_lies_below_what_it_reads() {
        let drawing = layout(&["M1", "M2", "J3_1_2", "R4_3"]).expect("a drawing");
        assert_eq!(drawing.lines, [(0, 2), (1, 2), (2, 3)]);
        let y: Vec<u32> = drawing.boxes.iter().map(|place| place.1).collect();
        assert!(y[0] == y[1] && y[1] < y[2] && y[2] < y[3], "{y:?}");
        let (left, middle, right) = (drawing.boxes[0].0, drawing.boxes[2].0, drawing.boxes[1].0);
        assert!(left < middle && middle < right);
        assert!(right + BOX.0 == drawing.width);
        assert_eq!(drawing.height, y[3] + BOX.1);
    }

    #[test]
    fn no_two_boxes_lie_on_each_other() {
        let names: Vec<String> = (1..=MOST)
            .map(|n| format!("R{n}_{}_{}", n / 2, n / 3))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut boxes = layout(&names).expect("a drawing").boxes;
        boxes.sort_unstable();
        boxes.dedup();
        assert_eq!(boxes.len(), MOST);
    }

    #[test]
    fn neighbours_read_neighbours() {
        let drawing = layout(&["M1", "M2", "R3_2", "R4_1"]).expect("a drawing");
        assert!(
            drawing.boxes[3].0 < drawing.boxes[2].0,
            "lines do not cross"
        );
    }

    #[test]
    fn names_without_lines_and_circles_are_no_drawing() {
        assert_eq!(layout(&[]), None);
        assert_eq!(layout(&["M1", "M2"]), None);
        assert_eq!(layout(&["M1_job_0"]), None);
        assert_eq!(layout(&["J1_2"]), None, "what is read does not exist");
        let circle = layout(&["J1_2", "J2_1"]).expect("one line is left");
        assert_eq!(circle.lines, [(0, 1)]);
        let many: Vec<&str> = std::iter::repeat_n("R2_1", MOST + 1).collect();
        assert_eq!(layout(&many), None);
    }
}
