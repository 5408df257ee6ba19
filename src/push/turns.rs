//! Whose turn it is: sites take turns, and each site has a limit, so that a site with many callbacks, or a site that
//! hangs, does not delay the others.

use std::collections::{HashMap, VecDeque};

/// The jobs that wait for a turn, by site. At most `per_site` of a site run at the same time.
#[derive(Debug)]
pub struct Turns<T> {
    per_site: usize,
    sites: HashMap<String, Site<T>>,
    /// The sites that have a waiting job and room to run it, each once.
    next: VecDeque<String>,
    waiting: usize,
}

#[derive(Debug)]
struct Site<T> {
    waiting: VecDeque<T>,
    running: usize,
    /// Whether the site is in `next`.
    is_next: bool,
}

impl<T> Turns<T> {
    pub fn new(per_site: usize) -> Turns<T> {
        Turns { per_site, sites: HashMap::new(), next: VecDeque::new(), waiting: 0 }
    }

    /// The number of waiting jobs.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Puts a job at the end of the queue of its site.
    pub fn wait(&mut self, site: &str, what: T) {
        let of = || Site { waiting: VecDeque::new(), running: 0, is_next: false };
        self.sites.entry(site.to_owned()).or_insert_with(of).waiting.push_back(what);
        self.waiting += 1;
        self.line_up(site);
    }

    /// Takes the first job in the queue of the site whose turn it is, with the site. [`Turns::ended`] must be called
    /// when the job has ended.
    pub fn take(&mut self) -> Option<(String, T)> {
        let name = self.next.pop_front()?;
        let site = self.sites.get_mut(&name)?;
        site.is_next = false;
        let what = site.waiting.pop_front()?;
        site.running += 1;
        self.waiting -= 1;
        self.line_up(&name);
        Some((name, what))
    }

    /// Notes that a job of this site has ended.
    pub fn ended(&mut self, name: &str) {
        let Some(site) = self.sites.get_mut(name) else { return };
        site.running = site.running.saturating_sub(1);
        if site.running == 0 && site.waiting.is_empty() {
            self.sites.remove(name);
        } else {
            self.line_up(name);
        }
    }

    fn line_up(&mut self, name: &str) {
        let Some(site) = self.sites.get_mut(name) else { return };
        if !site.is_next && !site.waiting.is_empty() && site.running < self.per_site {
            site.is_next = true;
            self.next.push_back(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_take_turns_and_none_exceeds_its_limit() {
        let number = |turns: &mut Turns<i32>| turns.take().map(|(_, number)| number);
        let mut turns = Turns::new(2);
        for number in 0..4 {
            turns.wait("many", number);
        }
        turns.wait("few", 10);
        assert_eq!(turns.waiting(), 5);
        assert_eq!([number(&mut turns), number(&mut turns), number(&mut turns)], [Some(0), Some(10), Some(1)]);
        assert_eq!(number(&mut turns), None, "two of the site run");
        turns.ended("few");
        assert_eq!(number(&mut turns), None);
        turns.ended("many");
        assert_eq!((number(&mut turns), number(&mut turns)), (Some(2), None));
        turns.ended("many");
        turns.ended("many");
        assert_eq!((number(&mut turns), number(&mut turns), turns.waiting()), (Some(3), None, 0));
        turns.ended("many");
        assert!(turns.sites.is_empty(), "nothing is kept of a site that has nothing to do");
        turns.ended("unknown");
        turns.wait("many", 5);
        assert_eq!(turns.take(), Some(("many".to_owned(), 5)));
    }
}
