use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn orders_are_those_of_a_plain_map(steps in prop::collection::vec((0_u32..60, 0_u32..5, 0_u32..50, 0_u32..4), 0..300)) {
        let mut orders = Orders::default();
        let mut plain: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for (id, owner, second, kind) in steps {
            if kind == 0 {
                prop_assert_eq!(orders.remove(id), plain.remove(&id).map(|known| known.0));
            } else {
                let order = OrderFacts {
                id,
                second,
                amount: i64::from(second) * 7,
                status: if second % 2 == 0 { Status::New } else { Status::Returned },
                source: Source::Tiktok,
                sales_rep: "",
                number: "",
            };
                let before = plain.insert(id, (owner, second)).map(|known| known.0);
                prop_assert_eq!(orders.put(order, owner), before);
            }
            prop_assert_eq!(orders.len(), plain.len());
        }
        for owner in 0..5 {
            let mut of: Vec<u32> = orders.of(owner).map(|order| order.second).collect();
            of.sort_unstable();
            let mut expected: Vec<u32> = plain.values().filter(|known| known.0 == owner).map(|known| known.1).collect();
            expected.sort_unstable();
            prop_assert_eq!(of, expected);
        }
        let mut seen = Vec::new();
        orders.between(10, 40, |owner, order| seen.push((owner, order.second, order.amount, order.counted)));
        seen.sort_unstable();
        let mut expected: Vec<_> = plain.values().filter(|known| (10..40).contains(&known.1))
            .map(|known| (known.0, known.1, i64::from(known.1) * 7, known.1 % 2 == 0)).collect();
        expected.sort_unstable();
        prop_assert_eq!(seen, expected);
    }
}
