// Markdown to HTML for articles that are sent so: CommonMark with tables and the
// like, as the native service takes it. Loaded when the first one comes.
import { micromark } from "micromark";
import { gfmStrikethrough, gfmStrikethroughHtml } from "micromark-extension-gfm-strikethrough";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { gfmTaskListItem, gfmTaskListItemHtml } from "micromark-extension-gfm-task-list-item";

const options = {
  allowDangerousHtml: true, // only its text is read
  extensions: [gfmStrikethrough(), gfmTable(), gfmTaskListItem()],
  htmlExtensions: [gfmStrikethroughHtml(), gfmTableHtml(), gfmTaskListItemHtml()],
};

export const toHTML = (text) => micromark(text, options);
