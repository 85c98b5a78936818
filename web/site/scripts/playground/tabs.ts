/** Makes a list of tabs work with pointer and arrow keys; returns what shows one of them. */
export function makeTabs(list: HTMLElement): (name: string) => void {
  const tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
  const show = (tab: HTMLElement) => {
    for (const other of tabs) {
      const selected = other == tab;
      other.ariaSelected = String(selected);
      other.tabIndex = selected ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")!)!.hidden = !selected;
    }
  };
  for (const tab of tabs) tab.addEventListener("click", () => show(tab));
  list.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length }[key];
    if (!step) return;
    const now = tabs.findIndex((tab) => tab.ariaSelected == "true");
    const next = Math.abs(step) > 1 ? (step < 0 ? 0 : tabs.length - 1) : (now + step + tabs.length) % tabs.length;
    show(tabs[next]!);
    tabs[next]!.focus();
  });
  return (name) => show(tabs.find((tab) => tab.id == name)!);
}
