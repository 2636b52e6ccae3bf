// Before each file of unit tests, which share what they load: the language that a visitor finds.
import { language } from './i18n/language.svelte'

language.use('sl')
