//! The wheel: two axes, four colours, and the way the customer has come.

use tuntuma_engine::reading::Axes;

/// Columns and rows of the drawing, both odd so that there is a middle.
pub const WIDTH: usize = 29;
const HEIGHT: usize = 11;

/// A wheel as lines of plain characters; the newest position is `●`, earlier ones are their utterance's turn of the customer, 1 … 9 and `·`.
pub fn draw(trail: &[Axes]) -> Vec<Vec<char>> {
    let mut grid = vec![vec![' '; WIDTH]; HEIGHT];
    let (mx, my) = (WIDTH / 2, HEIGHT / 2);
    for (y, row) in grid.iter_mut().enumerate() {
        for (x, cell) in row.iter_mut().enumerate() {
            let (dx, dy) = ((x as f32 - mx as f32) / mx as f32, (y as f32 - my as f32) / my as f32);
            let r = (dx * dx + dy * dy).sqrt();
            if x == mx && y == my {
                *cell = '┼';
            } else if x == mx && r < 1.0 {
                *cell = '│';
            } else if y == my && r < 1.0 {
                *cell = '─';
            } else if (r - 1.0).abs() < 0.06 {
                *cell = '·';
            }
        }
    }
    let newest = trail.len().saturating_sub(1);
    for (i, axes) in trail.iter().enumerate() {
        let place = |v: f32, middle: usize, sign: f32| ((middle as f32) + sign * v.clamp(-0.95, 0.95) * middle as f32).round() as usize;
        let (x, y) = (place(axes.energy.value, mx, 1.0), place(axes.feeling.value, my, -1.0));
        grid[y][x] = if i == newest { '●' } else { char::from_digit(i as u32 + 1, 10).filter(|_| i < 9).unwrap_or('∙') };
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use tuntuma_engine::reading::Estimate;

    #[test]
    fn red_stands_above_and_to_the_right() {
        let at = |value| Estimate { value, low: value, high: value, pole: None };
        let grid = draw(&[Axes { energy: at(-0.8), feeling: at(-0.8) }, Axes { energy: at(0.7), feeling: at(0.7) }]);
        let find = |c| grid.iter().enumerate().find_map(|(y, row)| row.iter().position(|x| *x == c).map(|x| (x, y))).unwrap();
        let (now, before) = (find('●'), find('1'));
        assert!(now.0 > WIDTH / 2 && now.1 < HEIGHT / 2);
        assert!(before.0 < WIDTH / 2 && before.1 > HEIGHT / 2);
    }
}
