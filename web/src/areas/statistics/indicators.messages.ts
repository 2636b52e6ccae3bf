// Indicators of the action plan and their targets.
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    indicators: 'Kazalniki akcijskega načrta',
    indicators_how:
      'Koliko cilja leta je doseženega in ali je to toliko, kot bi do zdaj moralo biti. Številke o ljudeh so iz objavljenih preglednic; zaprto leto ohrani svoje vrednosti.',
    define: 'Določi in uredi kazalnike',
    no_indicators: 'Mreža še nima kazalnikov.',
    indicator: 'Kazalnik',
    value: 'Doseženo',
    target: 'Cilj',
    target_at_least: 'vsaj {value}',
    target_at_most: 'največ {value}',
    progress: 'Delež cilja',
    status: 'Stanje',
    status_reached: 'doseženo',
    status_on_the_way: 'v teku po načrtu',
    status_behind: 'zaostaja',
    year_before: 'Leto prej',
    missing_suppressed: 'skrito, kot v objavljenih preglednicah',
    missing_not_begun: 'leto se še ni začelo',
    missing_not_closed: 'obdobje še ni zaključeno',
    missing_unknown: 'ni znano',
  },
  en: {
    indicators: 'Indicators of the action plan',
    indicators_how:
      'How much of the year’s target is reached, and whether that is as far as it should be by now. Figures about people are of the published tables; a closed year keeps its values.',
    define: 'Define and edit indicators',
    no_indicators: 'The network has no indicators yet.',
    indicator: 'Indicator',
    value: 'Reached',
    target: 'Target',
    target_at_least: 'at least {value}',
    target_at_most: 'at most {value}',
    progress: 'Share of target',
    status: 'Status',
    status_reached: 'reached',
    status_on_the_way: 'on the way',
    status_behind: 'behind',
    year_before: 'Year before',
    missing_suppressed: 'hidden, as in the published tables',
    missing_not_begun: 'the year has not begun',
    missing_not_closed: 'the period is not closed yet',
    missing_unknown: 'not known',
  },
})
