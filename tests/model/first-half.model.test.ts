import './play-model'
