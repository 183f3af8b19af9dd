//! Parts of a page that are taken over after it, one by one: a cheap phone is never busy for long, and answers a press
//! in between.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::any_view::{AnyView, AnyViewState};
use leptos::tachys::view::{Position, PositionState};
use leptos::wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Node};

/// How many milliseconds parts are taken over at a stretch.
const STRETCH: f64 = 5.0;
/// What the document says of itself while parts of it are still to be taken over.
const WAKING: &str = "data-waking";

/// A part of a page, one element, which stays as the server has sent it until its turn comes.
///
/// A part that the browser makes itself is there at once. No resource may be made in it, nor after it where it holds a
/// `Suspense`: resources find their answers in the page by the order in which they are made (decision 25).
pub fn later(view: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    if !cfg!(target_family = "wasm") {
        return view();
    }
    let view: View = Box::new(view);
    Later {
        view: StoredValue::new_local(Some(view)),
        owner: Owner::current().unwrap_or_default(),
    }
    .into_any()
}

type View = Box<dyn FnOnce() -> AnyView + Send>;

struct Later {
    /// Goes with the page: what was not made by then never is.
    view: StoredValue<Option<View>, LocalStorage>,
    owner: Owner,
}

impl Later {
    fn make(self) -> Option<AnyView> {
        let view = self.view.try_update_value(Option::take).flatten()?;
        Some(self.owner.with(|| untrack(view)))
    }

    fn made(self) -> AnyView {
        self.make().unwrap_or_else(|| ().into_any())
    }
}

/// A part as the server has sent it, or as it has been made.
enum Part {
    Sent(Element),
    Made(AnyViewState),
}

impl Render for Later {
    type State = Rc<RefCell<Part>>;

    fn build(self) -> Self::State {
        Rc::new(RefCell::new(Part::Made(self.made().build())))
    }

    fn rebuild(self, state: &mut Self::State) {
        let view = self.made();
        let part = &mut *state.borrow_mut();
        match part {
            Part::Made(made) => view.rebuild(made),
            Part::Sent(element) => {
                let mut made = view.build();
                insert_before(element, &mut made);
                element.remove();
                *part = Part::Made(made);
            }
        }
    }
}

impl RenderHtml for Later {
    type AsyncOutput = AnyView;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> AnyView {
        self.made()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.made()
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        let Ok(element) = cursor.current().dyn_into::<Element>() else {
            // The page is not the one that was sent; what is made is in no document.
            return self.build();
        };
        let state = Rc::new(RefCell::new(Part::Sent(element.clone())));
        let part = Rc::downgrade(&state);
        enqueue(Box::new(move || {
            // Nobody waits for a part whose page has gone.
            let Some(part) = part.upgrade() else { return };
            let is_sent = matches!(*part.borrow(), Part::Sent(_));
            let owner = self.owner.clone();
            TAKING_OVER.set(true);
            let view = is_sent.then(|| self.make()).flatten();
            TAKING_OVER.set(false);
            let Some(view) = view else { return };
            let made = owner.with(|| view.hydrate_from_position::<true>(&element, Position::Current));
            *part.borrow_mut() = Part::Made(made);
        }));
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Later {
    type Output<SomeNewAttr: Attribute> = Self;

    /// What is spread onto a part belongs onto its element.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl Mountable for Part {
    fn unmount(&mut self) {
        match self {
            Self::Sent(element) => element.remove(),
            Self::Made(made) => made.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        match self {
            // A parent that has gone takes nothing.
            Self::Sent(element) => drop(parent.insert_before(element, marker)),
            Self::Made(made) => made.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Sent(element) => insert_before(element, child),
            Self::Made(made) => made.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Sent(element) => vec![element.clone()],
            Self::Made(made) => made.elements(),
        }
    }
}

fn insert_before(element: &Element, child: &mut dyn Mountable) -> bool {
    let parent = element.parent_element();
    if let Some(parent) = &parent {
        child.mount(parent, Some(element));
    }
    parent.is_some()
}

/// Lets the browser do whatever it has to do.
pub async fn pause() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        // Without a timer the promise is never kept, and no browser is without.
        let _ = window().set_timeout_with_callback(&done);
    });
    let _ = JsFuture::from(promise).await;
}

type Job = Box<dyn FnOnce()>;

thread_local! {
    static WAITING: RefCell<VecDeque<Job>> = const { RefCell::new(VecDeque::new()) };
    static TAKING_OVER: Cell<bool> = const { Cell::new(false) };
}

/// Tells whether what is being made is for a part that the server has sent, and that somebody may have used meanwhile.
pub fn is_taking_over() -> bool {
    TAKING_OVER.get()
}

/// Does something after the parts that wait: each must find the page as it was sent.
pub fn afterwards(job: impl FnOnce() + 'static) {
    enqueue(Box::new(job));
}

fn enqueue(job: Job) {
    let is_first = WAITING.with_borrow_mut(|waiting| {
        waiting.push_back(job);
        waiting.len() == 1
    });
    if is_first {
        if let Some(root) = document().document_element() {
            // Without it nobody is told.
            let _ = root.set_attribute(WAKING, "");
        }
        set_timeout(go_on, Duration::ZERO);
    }
}

/// Takes over all that waits where somebody does something (`public/device.js`): a part that is taken over later would not
/// be the one that was sent.
pub fn heed() {
    window_event_listener_untyped("wake", |_| take_over(f64::INFINITY));
}

/// Takes over what a stretch has time for, at least one part, and the rest after whatever the browser has to do.
fn go_on() {
    take_over(now() + STRETCH);
}

fn now() -> f64 {
    window().performance().map_or(f64::INFINITY, |clock| clock.now())
}

fn take_over(end: f64) {
    while let Some(job) = WAITING.with_borrow_mut(VecDeque::pop_front) {
        job();
        if now() >= end {
            break;
        }
    }
    if !WAITING.with_borrow(VecDeque::is_empty) {
        return set_timeout(go_on, Duration::ZERO);
    }
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(WAKING);
    }
}
