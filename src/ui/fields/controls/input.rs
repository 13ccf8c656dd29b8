use yew::prelude::*;

/// What is being typed, for as long as the input has the focus.
struct Typing {
    typed: AttrValue,
    /// What the field holds when the edit has gone through; `None` when nothing was sent for it.
    sent: Option<String>,
    /// What the field may still be seen to hold until the edit has gone through: what it held before, and what was
    /// sent since. The screen can be a few keys behind.
    under_way: Vec<AttrValue>,
}

impl Typing {
    /// One more key, typed into a field that was last seen to hold `whole`.
    fn next(before: Option<Typing>, typed: String, sent: Option<String>, whole: &AttrValue) -> Typing {
        let (mut under_way, last) = before.map_or_else(Default::default, |t| (t.under_way, t.sent));
        for value in last.map(AttrValue::from).into_iter().chain([whole.clone()]) {
            if !under_way.contains(&value) {
                under_way.push(value);
            }
        }
        Typing { typed: typed.into(), sent, under_way }
    }
}

#[derive(Properties, PartialEq)]
pub struct InputProps {
    pub id: AttrValue,
    /// What the field holds, or this part of it.
    pub value: AttrValue,
    /// What the whole field holds, when this is a part of it.
    #[prop_or_default]
    pub whole: Option<AttrValue>,
    /// The id of the label, where no `<label for>` names this input.
    #[prop_or_default]
    pub labelled: Option<AttrValue>,
    /// The name itself, where no element has it.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub described: Option<AttrValue>,
    #[prop_or_default]
    pub bad: bool,
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// The id of a `<datalist>`.
    #[prop_or_default]
    pub list: Option<AttrValue>,
    /// What a touch keyboard shows: `numeric`.
    #[prop_or_default]
    pub mode: Option<&'static str>,
    /// Several lines.
    #[prop_or_default]
    pub lines: bool,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub required: bool,
    /// Every keystroke: answers what the whole field holds afterwards, or `None` when nothing was done for it.
    pub oninput: Callback<String, Option<String>>,
    #[prop_or_default]
    pub onkeydown: Callback<KeyboardEvent>,
}

/// A text input that is never behind the typist: while it has the focus it shows what is typed, though the
/// field may hold it otherwise (`1.` is `1`), until the field becomes something that was not typed here
/// (an undo, a fix).
#[component]
pub fn Input(props: &InputProps) -> Html {
    let typing = use_mut_ref(|| None::<Typing>);
    let again = use_force_update();
    let whole = props.whole.clone().unwrap_or_else(|| props.value.clone());
    let shown = shown(&mut typing.borrow_mut(), &whole, &props.value);
    // Somebody who joins the lines again is still typing: the element stays until they leave.
    let was_lines = use_mut_ref(|| props.lines);
    let lines = props.lines || (*was_lines.borrow() && typing.borrow().is_some());
    *was_lines.borrow_mut() = lines;
    let oninput = {
        let (typing, oninput, again) = (typing.clone(), props.oninput.clone(), again.clone());
        Callback::from(move |event: InputEvent| {
            // A text area has its value under the same name.
            let typed = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            let sent = oninput.emit(typed.clone());
            let before = typing.borrow_mut().take();
            *typing.borrow_mut() = Some(Typing::next(before, typed, sent, &whole));
            again.force_update();
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| {
        // What could not be taken stays on the screen: it is the person's.
        if typing.borrow().as_ref().is_some_and(|t| t.sent.is_some()) {
            typing.borrow_mut().take();
            again.force_update();
        }
    });
    let class = classes!(
        "pf-v6-c-form-control",
        if lines { "pf-m-textarea" } else { "pane-input--line" },
        props.bad.then_some("pf-m-error"),
        "pane-input",
        props.class.clone()
    );
    let invalid = props.bad.then_some("true");
    html! {
        <span {class}>
            if lines {
                <textarea
                    id={props.id.clone()}
                    value={shown}
                    rows={props.value.lines().count().clamp(2, 24).to_string()}
                    aria-labelledby={props.labelled.clone()}
                    aria-label={props.name.clone()}
                    aria-describedby={props.described.clone()}
                    aria-invalid={invalid}
                    aria-required={props.required.then_some("true")}
                    placeholder={props.placeholder.clone()}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    {oninput} {onblur} onkeydown={props.onkeydown.clone()}
                />
            } else {
                <input
                    id={props.id.clone()}
                    type="text"
                    value={shown}
                    inputmode={props.mode}
                    list={props.list.clone()}
                    aria-labelledby={props.labelled.clone()}
                    aria-label={props.name.clone()}
                    aria-describedby={props.described.clone()}
                    aria-invalid={invalid}
                    aria-required={props.required.then_some("true")}
                    placeholder={props.placeholder.clone()}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    {oninput} {onblur} onkeydown={props.onkeydown.clone()}
                />
            }
        </span>
    }
}

fn shown(typing: &mut Option<Typing>, whole: &AttrValue, value: &AttrValue) -> AttrValue {
    let Some(now) = typing else { return value.clone() };
    if now.sent.as_deref() == Some(whole.as_str()) {
        now.under_way.clear();
        return now.typed.clone();
    }
    if now.under_way.contains(whole) {
        return now.typed.clone();
    }
    *typing = None;
    value.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, sent: Option<&str>, before: &str) -> Option<Typing> {
        more(None, text, sent, before)
    }

    fn more(typing: Option<Typing>, text: &str, sent: Option<&str>, holds: &str) -> Option<Typing> {
        let holds = AttrValue::from(holds.to_owned());
        Some(Typing::next(typing, text.to_owned(), sent.map(str::to_owned), &holds))
    }

    fn see(typing: &mut Option<Typing>, holds: &str) -> String {
        let holds = AttrValue::from(holds.to_owned());
        shown(typing, &holds, &holds).to_string()
    }

    #[test]
    fn a_screen_that_is_behind_takes_no_letter_back() {
        // The second and third key before the screen has seen the first.
        let typing = more(typed("t", Some("t"), ""), "ti", Some("ti"), "");
        let mut typing = more(typing, "tie", Some("tie"), "");
        for seen in ["", "t", "ti", "tie"] {
            assert_eq!(see(&mut typing, seen), "tie");
        }
        // All has gone through: now "ti" is an undo.
        assert_eq!(see(&mut typing, "ti"), "ti");
    }

    #[test]
    fn keeps_what_is_typed_until_something_else_happens() {
        // Sent, not yet gone through, gone through.
        let mut typing = typed("1h", Some("3600"), "60");
        assert_eq!(see(&mut typing, "60"), "1h");
        assert_eq!(see(&mut typing, "3600"), "1h");
        // Undone: the field holds what it held before.
        assert_eq!(see(&mut typing, "60"), "60");
        assert!(typing.is_none());
        // Emptied: the field is gone, the input stays empty.
        assert_eq!(see(&mut typed("", Some(""), "60"), ""), "");
        // Refused: nothing changes, what was typed stays.
        assert_eq!(see(&mut typed("[", None, "a"), "a"), "[");
        assert_eq!(see(&mut typed("[", None, "a"), "b"), "b");
    }
}
