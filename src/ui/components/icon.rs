use yew::prelude::*;

/// The signs of the page, each a path in a box of 16 by 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Close,
    Down,
    Right,
    More,
    Error,
    Warning,
    Info,
    Help,
    Good,
    Copy,
    Download,
    Undo,
    Redo,
    Light,
    Keyboard,
    Search,
    File,
    Refresh,
    Up,
    Trash,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Sign::Plus => "M8 3v10M3 8h10",
            Sign::Close => "M4 4l8 8M12 4l-8 8",
            Sign::Down => "M4 6l4 4 4-4",
            Sign::Up => "M4 10l4-4 4 4",
            Sign::Right => "M6 4l4 4-4 4",
            Sign::More => "M8 3.5v.01M8 8v.01M8 12.5v.01",
            Sign::Error => "M4.5 4.5l7 7M11.5 4.5l-7 7",
            Sign::Warning => "M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.8v.01",
            Sign::Info => "M8 7.2v4.3M8 4.6v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z",
            Sign::Help => {
                "M6.1 6.4a1.9 1.9 0 1 1 2.8 1.7c-.6.4-.9.7-.9 1.4M8 11.5v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z"
            }
            Sign::Good => "M3.5 8.5l3 3 6-7",
            Sign::Copy => "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
            Sign::Download => "M8 2.5v7M5 7l3 3 3-3M3 13h10",
            Sign::Undo => "M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7",
            Sign::Redo => "M10 3l3 3-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9",
            Sign::Light => "M13.5 8A5.5 5.5 0 1 1 8 2.5a5.5 5.5 0 0 1 5.5 5.5zM8 2.5v11",
            Sign::Keyboard => "M1.5 4.5h13v7h-13zM4 7v.01M6.7 7v.01M9.3 7v.01M12 7v.01M5 9.3h6",
            Sign::Search => "M11 7A4 4 0 1 1 3 7a4 4 0 0 1 8 0zM10 10l3.5 3.5",
            Sign::File => "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
            Sign::Trash => "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9",
            Sign::Refresh => "M13 8a5 5 0 1 1-1.5-3.6M12 2v3H9",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct IconProps {
    pub sign: Sign,
    #[prop_or_default]
    pub class: Classes,
}

/// A sign, for the eye only: what it says stands beside it or in a label.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class={classes!("studio-icon", props.class.clone())} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={props.sign.path()} />
        </svg>
    }
}
