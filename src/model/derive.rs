//! What follows from several records: honours won, who took part in what, neighbours, sums.

use super::honours;
use super::site::{Community, Idx, Service, ServiceState, Site, Structure, Table, Totals};
use crate::diagnostic::Report;
use crate::read::Sources;

/// Adds everything derived to a site whose tables are complete.
pub(super) fn derive(site: &mut Site, sources: &Sources, report: &mut Report) {
    group_communities(site);
    honours::add_won(site, sources, report);
    link_competitions(site);
    link_events_and_news(site);
    link_services(site);
    link_agreements(site);
    relate(site);
    add_totals(site);
}

/// Lists each town's and each category's communities, in the order of the table.
fn group_communities(site: &mut Site) {
    for (idx, community) in site.communities.iter() {
        let (town, category) = (community.town, community.brand.category);
        site.towns.record_mut(town).communities.push(idx);
        site.settings.categories.record_mut(category).communities.push(idx);
    }
}

/// Lists the competitions each community entered; one that won without being listed entered too.
fn link_competitions(site: &mut Site) {
    let communities = &mut site.communities;
    for (idx, competition) in site.competitions.iter() {
        let winners = competition.results.iter().map(|win| &win.community);
        for community in competition.entrants.iter().chain(winners) {
            let entered = &mut communities.record_mut(*community).competitions;
            if entered.last() != Some(&idx) {
                entered.push(idx);
            }
        }
    }
}

fn link_events_and_news(site: &mut Site) {
    let communities = &mut site.communities;
    for (idx, event) in site.events.iter() {
        for community in &event.communities {
            communities.record_mut(*community).events.push(idx);
        }
    }
    for (idx, news) in site.news.iter() {
        for community in &news.article.communities {
            communities.record_mut(*community).news.push(idx);
        }
    }
}

fn link_services(site: &mut Site) {
    let communities = &mut site.communities;
    let partners = &mut site.partners;
    for (idx, service) in site.services.iter() {
        communities.record_mut(service.community).services.push(idx);
        if let Some(partner) = service.claimed.as_ref().and_then(|claim| claim.partner) {
            partners.record_mut(partner).services.push(idx);
        }
    }
}

fn link_agreements(site: &mut Site) {
    let communities = &mut site.communities;
    for (idx, partner) in site.partners.iter() {
        for (at, agreement) in partner.agreements.iter().enumerate() {
            communities.record_mut(agreement.community).agreements.push((idx, at));
        }
    }
}

/// How many related communities a page shows.
const RELATED: usize = 6;

/// Finds each community's neighbours: those after it in its category, then those after it in its town.
///
/// Going round in a ring makes every community the neighbour of as many others as it has itself.
fn relate(site: &mut Site) {
    let in_category =
        places(site.settings.categories.iter().map(|(_, group)| &group.communities[..]), &site.communities);
    let in_town = places(site.towns.iter().map(|(_, group)| &group.communities[..]), &site.communities);
    let related: Vec<Vec<Idx<Community>>> = site
        .communities
        .iter()
        .map(|(idx, community)| {
            let category = &site.settings.categories[community.brand.category].communities;
            let town = &site.towns[community.town].communities;
            let mut found = Vec::with_capacity(RELATED);
            let rings = ring(category, in_category[idx.at()]).chain(ring(town, in_town[idx.at()]));
            for other in rings {
                if found.len() == RELATED {
                    break;
                }
                if other != idx && !found.contains(&other) {
                    found.push(other);
                }
            }
            found
        })
        .collect();
    for (at, related) in related.into_iter().enumerate() {
        site.communities.record_mut(Idx::new(at)).related = related;
    }
}

/// Returns for each community its place in the group it belongs to.
fn places<'a>(
    groups: impl Iterator<Item = &'a [Idx<Community>]>,
    communities: &Table<Community>,
) -> Vec<usize> {
    let mut places = vec![0; communities.len()];
    for group in groups {
        for (place, idx) in group.iter().enumerate() {
            places[idx.at()] = place;
        }
    }
    places
}

/// Goes once round a group, beginning behind `place`; never further than is needed to fill the list.
fn ring(group: &[Idx<Community>], place: usize) -> impl Iterator<Item = Idx<Community>> {
    (1..group.len().min(2 * RELATED + 2)).map(move |step| group[(place + step) % group.len()])
}

fn add_totals(site: &mut Site) {
    let mut county = Sums::default();
    let mut towns: Vec<Sums> = site.towns.iter().map(|_| Sums::default()).collect();
    for (_, community) in site.communities.iter() {
        let one = Sums::of(community, &site.services);
        towns[community.town.at()].add(&one);
        county.add(&one);
    }
    for (at, sums) in towns.iter().enumerate() {
        site.towns.record_mut(Idx::new(at)).totals = sums.totals();
    }
    site.totals = county.totals();
}

/// Totals on their way: the progress is still a sum of shares.
#[derive(Default)]
struct Sums {
    totals: Totals,
    shares: f64,
    /// How many projects have a share: one without milestones, or whose milestones were all cancelled, has none.
    sharing: u32,
}

impl Sums {
    fn of(community: &Community, services: &Table<Service>) -> Self {
        let mut totals = Totals {
            communities: 1,
            structure: community.structure,
            teams: community.teams.len() as u32,
            ..Totals::default()
        };
        for award in &community.awards {
            totals.awards[award.level as usize] += 1;
        }
        for idx in &community.services {
            add_service(&mut totals, &services[*idx]);
        }
        let (mut shares, mut sharing) = (0.0, 0);
        if let Some(project) = &community.project {
            totals.projects = 1;
            totals.completed =
                u32::from(project.progress.total > 0.0 && project.progress.done >= project.progress.total);
            totals.milestones = project.progress.counts;
            if project.progress.total > 0.0 {
                shares = project.progress.done / project.progress.total;
            }
            sharing = u32::from(project.progress.total > 0.0);
        }
        Self { totals, shares, sharing }
    }

    fn add(&mut self, other: &Self) {
        let (sum, one) = (&mut self.totals, &other.totals);
        sum.communities += one.communities;
        sum.projects += one.projects;
        sum.completed += one.completed;
        sum.structure.add(&one.structure);
        sum.milestones.merge(one.milestones);
        sum.beneficiaries += one.beneficiaries;
        sum.teams += one.teams;
        for (sum, one) in sum.awards.iter_mut().zip(one.awards) {
            *sum += one;
        }
        for (sum, one) in sum.services.iter_mut().zip(one.services) {
            *sum += one;
        }
        self.shares += other.shares;
        self.sharing += other.sharing;
    }

    fn totals(&self) -> Totals {
        let mut totals = self.totals.clone();
        if self.sharing > 0 {
            let percent = self.shares / f64::from(self.sharing) * 100.0 + 1e-9;
            #[expect(clippy::cast_sign_loss, reason = "shares are between 0 and 1")]
            let percent = percent.floor() as u32;
            totals.percent = percent.min(100);
        }
        totals
    }
}

fn add_service(totals: &mut Totals, service: &Service) {
    totals.services[service.state as usize] += 1;
    if service.state >= ServiceState::Finished
        && let Some((_, Some(served))) = service.finished
    {
        totals.beneficiaries += served;
    }
}

impl Structure {
    /// Adds the numbers that were given.
    fn add(&mut self, other: &Self) {
        let add = |sum: &mut Option<u64>, one: Option<u64>| {
            if let Some(one) = one {
                *sum = Some(sum.unwrap_or(0).saturating_add(one));
            }
        };
        add(&mut self.households, other.households);
        add(&mut self.residents, other.residents);
        add(&mut self.members, other.members);
        add(&mut self.grids, other.grids);
        add(&mut self.branches, other.branches);
        add(&mut self.building_groups, other.building_groups);
        add(&mut self.grid_members, other.grid_members);
        add(&mut self.building_heads, other.building_heads);
    }
}
