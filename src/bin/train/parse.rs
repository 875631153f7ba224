//! Trains the parser with a dynamic oracle (Goldberg and Nivre 2013): it meets
//! its own mistakes, and learns the best way on from there.

use tieline::language::Relation;
use tieline::language::parser::{
    ACTIONS, Action, Input, State, action_features, best_action, label_features,
};
use tieline::language::tagger::TagSet;
use tieline::language::weights::Scorer;
use tieline::language::words::Lexicon;

use crate::data::{Dice, Tree};
use crate::table::Table;

const EPOCHS: usize = 10;
/// Rows of the model of moves: as many as fit into a million slots.
const MOST: usize = 780_000;
/// Bytes for the model of relations.
const BUDGET: usize = 4_300_000;

/// Arcs of the gold tree that a move puts out of reach.
fn cost(state: &State, action: Action, heads: &[u32], children: &[Vec<u32>]) -> usize {
    let next = state.next as u32;
    let Some((head, dependent)) = state.arc(action) else {
        // The first word of the buffer: only the top of the stack stays within
        // its reach as a head, and no word of the stack as a child.
        let gold = heads[next as usize];
        let top = state.stack.last().copied();
        let buried = gold < next && Some(gold) != top && state.heads[gold as usize] == u32::MAX;
        let lost = children[next as usize]
            .iter()
            .filter(|c| **c < next && state.heads[**c as usize] == u32::MAX)
            .count();
        return usize::from(buried) + lost;
    };
    let gold = heads[dependent as usize];
    let below = state.stack.len().checked_sub(2).map(|i| state.stack[i]);
    let could = gold >= next || Some(gold) == below;
    let lost = children[dependent as usize]
        .iter()
        .filter(|c| **c >= next)
        .count();
    usize::from(gold != head && could) + lost
}

/// The weights of moves and of relations.
pub(crate) fn train(
    trees: &[Tree],
    jackknifed: &[Vec<u8>],
    lexicon: &Lexicon<'_>,
    tags: &TagSet,
) -> (Vec<u8>, Vec<u8>) {
    let inputs: Vec<Input> = trees
        .iter()
        .zip(jackknifed)
        .map(|(t, labels)| Input::new(&crate::tag::words(lexicon, &t.forms), labels, tags))
        .collect();
    let (mut actions, mut labels) = (Table::default(), Table::default());
    let mut dice = Dice::new(23);
    // News is what the parser is for: its few articles count twice.
    let mut order: Vec<usize> = (0..trees.len()).collect();
    order.extend((0..trees.len()).filter(|i| trees[*i].news));
    for epoch in 0..EPOCHS {
        dice.shuffle(&mut order);
        let (mut wrong, mut decisions) = (0, 0);
        for i in &order {
            let (w, d) = sentence(
                &inputs[*i],
                &trees[*i],
                epoch > 0,
                &mut actions,
                &mut labels,
                &mut dice,
            );
            wrong += w;
            decisions += d;
        }
        eprintln!("parser: epoch {epoch}, {wrong} of {decisions} moves wrong");
    }
    (actions.hot(MOST), labels.sparse(BUDGET))
}

fn sentence(
    input: &Input,
    tree: &Tree,
    explore: bool,
    actions: &mut Table,
    labels: &mut Table,
    dice: &mut Dice,
) -> (usize, usize) {
    let n = tree.forms.len();
    let mut children = vec![Vec::new(); n + 1];
    for (i, head) in tree.heads.iter().enumerate() {
        children[*head as usize].push(i as u32);
    }
    let mut state = State::new(n);
    let mut features = Vec::new();
    let (mut wrong, mut decisions) = (0, 0);
    while !state.is_final() {
        action_features(input, &state, &mut features);
        let scores = actions.score(&features);
        let guess = best_action(&state, &scores);
        let costs: Vec<(usize, usize)> = (0..3)
            .filter(|a| state.allows(ACTIONS[*a]))
            .map(|a| (cost(&state, ACTIONS[a], &tree.heads, &children), a))
            .collect();
        let least = costs.iter().map(|c| c.0).min().unwrap_or(0);
        let good = costs
            .iter()
            .filter(|c| c.0 == least)
            .map(|c| c.1)
            .max_by_key(|a| (scores[*a], std::cmp::Reverse(*a)))
            .unwrap_or(0);
        actions.tick();
        decisions += 1;
        let guess_is_good = costs.iter().any(|c| ACTIONS[c.1] == guess && c.0 == least);
        if !guess_is_good {
            wrong += 1;
            actions.update(&features, good as u8, guess as u8);
        }
        let action = if guess_is_good || (explore && dice.below(10) < 9) {
            guess
        } else {
            ACTIONS[good]
        };
        let mut label = 0;
        if let Some((head, dependent)) = state.arc(action) {
            label = Relation::Root as u8;
            if (head as usize) < n {
                label_features(input, &state, head, dependent, &mut features);
                let mut scores = labels.score(&features);
                scores[Relation::Root as usize] = i32::MIN;
                label = (0..Relation::ALL.len())
                    .max_by_key(|l| (scores[*l], std::cmp::Reverse(*l)))
                    .unwrap_or(0) as u8;
                if tree.heads[dependent as usize] == head {
                    let gold = tree.relations[dependent as usize] as u8;
                    labels.tick();
                    if label != gold {
                        labels.update(&features, gold, label);
                    }
                }
            }
        }
        state.apply(action, label);
    }
    (wrong, decisions)
}
