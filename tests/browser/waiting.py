from playwright.sync_api import Page


def until(page: Page, condition: str) -> None:
    """Wait for it, and for the frame after it. Playwright's own `wait_for_function` evaluates strings
    in the page as soon as it has to ask twice, which our policy refuses."""
    page.evaluate(
        f"""new Promise((done, fail) => {{
            const look = left => {condition} ? requestAnimationFrame(done)
                : left ? requestAnimationFrame(() => look(left - 1)) : fail("never came");
            look(1800);
        }})"""
    )


def until_the_editor(page: Page, condition: str) -> None:
    """Wait until it is true of the desk's editor, as in "state.selection.empty": what the browser
    selects, the editor learns a moment later."""
    until(page, f"document.querySelector('.ProseMirror[contenteditable]').editor.{condition}")
