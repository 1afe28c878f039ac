import { getClient } from 'azure-devops-extension-api';
import { BuildRestClient, type Build } from 'azure-devops-extension-api/Build';
import * as SDK from 'azure-devops-extension-sdk';

import { renderMessage, renderRuns } from './render-tab.js';
import type { Theme } from './report-frame.js';
import { readTaskRuns, type TaskRun } from './task-runs.js';

/** What the page of a build hands to its tabs. @see learn.microsoft.com "Build results tab" */
interface BuildPageConfiguration {
  readonly onBuildChanged?: (handler: (build: Build) => void) => void;
}

const found = document.getElementById('tab');
if (found === null) throw new Error('The page has no place for the results.');
const place = found;
let shown: readonly TaskRun[] = [];

/** Dark is what the host has painted behind the page, whatever its theme is called. */
function currentTheme(): Theme {
  const [red = 255, green = 255, blue = 255] = (getComputedStyle(document.body).backgroundColor.match(/[\d.]+/gu) ?? []).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128 ? 'dark' : 'light';
}

function takeTheme(): Theme {
  const theme = currentTheme();
  document.documentElement.dataset['theme'] = theme;
  return theme;
}

/** The host calls again whenever anything of the build has changed; what is read already stays as it is. */
async function show({ id, project }: Build): Promise<void> {
  try {
    const runs = await readTaskRuns(getClient(BuildRestClient), { project: project.id, buildId: id });
    if (runs.length > 0 && runs.length === shown.length && runs.every(({ recordId }, index) => recordId === shown[index]?.recordId)) return;
    shown = runs;
    renderRuns(place, runs, takeTheme());
  } catch (error) {
    shown = [];
    renderMessage(place, `The results of this build could not be read: ${error instanceof Error ? error.message : String(error)}. They are in the artifact of the build as well.`, true);
  }
}

async function start(): Promise<void> {
  await SDK.init({ loaded: false, applyTheme: true });
  const { onBuildChanged } = SDK.getConfiguration() as BuildPageConfiguration;
  if (onBuildChanged === undefined) renderMessage(place, 'This page belongs to the results of a build.', true);
  else onBuildChanged((build) => void show(build));
  window.addEventListener('themeApplied', () => {
    if (shown.length > 0) renderRuns(place, shown, takeTheme());
  });
  await SDK.notifyLoadSucceeded();
}

void start();
